package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.compare.Level;

import java.time.LocalDate;
import java.util.List;

/**
 * How often people's records agree, and how often strangers' do.
 *
 * @param version names the model in decisions
 * @param prior the probability that two records drawn at random are one person's
 * @param fields each at most once
 */
public record MatchModel(String version, double prior, List<Field> fields) {

    /** The version of the model that is used before any training. */
    public static final String SHIPPED = "shipped-1";

    private static final List<FieldKind> OF_CUSTOMERS =
            List.of(
                    FieldKind.EMAIL,
                    FieldKind.PHONE,
                    FieldKind.FIRST_NAME,
                    FieldKind.LAST_NAME,
                    FieldKind.BIRTH_DATE,
                    FieldKind.CITY,
                    FieldKind.POSTCODE,
                    FieldKind.ADDRESS,
                    FieldKind.COMPANY,
                    FieldKind.EXTERNAL_ID);

    public MatchModel {
        fields = List.copyOf(fields);
        if (!(prior > 0 && prior < 1)) {
            throw new IllegalArgumentException("A prior lies between 0 and 1");
        }
    }

    /** A field and what its levels are worth, in the order of its comparator's. */
    public record Field(String name, FieldKind kind, List<LevelOdds> levels) {

        public Field {
            levels = List.copyOf(levels);
        }
    }

    /**
     * A level's probabilities.
     *
     * @param m that the values of one person agree so
     * @param u that the values of two people do
     */
    public record LevelOdds(String level, double m, double u) {

        /** The evidence in bits; below zero where it speaks against one person. */
        public double weight() {
            return log2(m / u);
        }
    }

    static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    /** The odds of a probability, in bits. */
    public static double bits(double probability) {
        return log2(probability / (1 - probability));
    }

    /** The probability of odds in bits. */
    public static double probability(double bits) {
        return 1 / (1 + Math.exp(-bits * Math.log(2)));
    }

    /**
     * The model that is used before any training, for customers of which most have one record.
     *
     * @param people how many there are; the more, the less likely two of them are one
     */
    public static MatchModel shipped(long people) {
        FieldKind.Reading reading = new FieldKind.Reading(null, LocalDate.EPOCH);
        List<Field> fields =
                OF_CUSTOMERS.stream()
                        .map(
                                kind ->
                                        new Field(
                                                kind.words(),
                                                kind,
                                                kind.comparator(reading).levels().stream()
                                                        .map(MatchModel::odds)
                                                        .toList()))
                        .toList();
        return new MatchModel(SHIPPED, 1.0 / Math.max(1_000, people), fields);
    }

    private static LevelOdds odds(Level level) {
        return new LevelOdds(level.name(), level.m(), level.u());
    }
}
