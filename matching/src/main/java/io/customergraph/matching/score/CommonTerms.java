package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.population.Column;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How common the values of a field are among the people that a model was trained on. Only what many
 * have is kept by its value: what few have would tell of these few.
 *
 * @param average how often two people, each with a value, have the same one
 * @param rest the share of the others who have a value that is not kept, where two have it
 * @param terms the most common first
 */
public record CommonTerms(double average, double rest, List<Share> terms) {

    /** The most values that are kept. */
    public static final int MOST = 1_000;

    /** The fewest people who have a value that is kept. */
    public static final int LEAST_PEOPLE = 5;

    /** The most that a value's rarity or frequency changes a weight, in bits. */
    static final double MOST_BITS = 8;

    /** Values of these are a person's own, and are not copied into a model. */
    private static final Set<FieldKind> IDENTITIES =
            EnumSet.of(FieldKind.EMAIL, FieldKind.PHONE, FieldKind.EXTERNAL_ID);

    public CommonTerms {
        terms = List.copyOf(terms);
        if (!(average > 0 && average <= 1 && rest > 0 && rest <= 1)) {
            throw new IllegalArgumentException("Shares lie between 0 and 1");
        }
    }

    /**
     * How common one value is.
     *
     * @param share of the others who have it, beside the one it is compared with
     */
    public record Share(String term, double share) {}

    /**
     * Counts a column, in which everybody has at most one value.
     *
     * @return null where no two people agree, or where values are a person's own
     */
    static @Nullable CommonTerms of(Column column) {
        double average = column.chanceOfSameValue();
        if (average <= 0
                || IDENTITIES.contains(column.kind())
                || !column.comparator().levels().getFirst().isByTerm()) {
            return null;
        }
        double others = column.present() - 1.0;
        int[] shared =
                IntStream.range(0, column.size())
                        .filter(value -> column.count(value) > 1)
                        .boxed()
                        .sorted(
                                Comparator.<Integer>comparingInt(column::count)
                                        .reversed()
                                        .thenComparing(value -> column.distinct(value).term()))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int kept = 0;
        while (kept < Math.min(MOST, shared.length) && column.count(shared[kept]) >= LEAST_PEOPLE) {
            kept++;
        }
        double people = 0;
        double pairs = 0;
        for (int n = kept; n < shared.length; n++) {
            double count = column.count(shared[n]);
            people += count;
            pairs += count * (count - 1);
        }
        return new CommonTerms(
                average,
                people == 0 ? 1 / others : pairs / people / others,
                IntStream.range(0, kept)
                        .mapToObj(
                                n ->
                                        new Share(
                                                column.distinct(shared[n]).term(),
                                                (column.count(shared[n]) - 1) / others))
                        .toList());
    }

    /** What a value that this share of the others has is worth beside the average, in bits. */
    static double bits(double average, double share) {
        return Math.clamp(MatchModel.log2(average / share), -MOST_BITS, MOST_BITS);
    }
}
