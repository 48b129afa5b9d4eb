package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Why two people are, or are not, one: what each field says, and the sum.
 *
 * @param model the version of the model that says so
 * @param prior the odds before anything is compared, in bits
 * @param comparisons one for each field of the model, in its order
 * @param calibration what people's decisions make of the sum
 */
public record Explanation(
        String model, double prior, List<Comparison> comparisons, Calibration calibration) {

    public Explanation {
        comparisons = List.copyOf(comparisons);
    }

    /**
     * What one field says.
     *
     * @param level the way in which the closest values agree; {@code MISSING} where one has none
     * @param words the same for people
     * @param a the first one's value as it compares; null where there is none
     * @param b the other's
     * @param weight what the level is worth alone, in bits; below zero where it speaks against
     * @param rarity what it is worth more, or less, because few or many have the value that both
     *     have, in bits
     * @param share of the others who have that value too, as the model knows it; null where it does
     *     not count
     * @param counted what of weight and rarity counts beside the other fields: less where they say
     *     the same
     */
    public record Comparison(
            FieldKind field,
            String level,
            String words,
            @Nullable String a,
            @Nullable String b,
            double weight,
            double rarity,
            @Nullable Double share,
            double counted) {}

    /** The prior and all that counts, in bits. */
    public double sum() {
        return prior + comparisons.stream().mapToDouble(Comparison::counted).sum();
    }

    /** The odds that the two are one, in bits: the sum as people's decisions correct it. */
    public double bits() {
        return calibration.calibrated(sum());
    }

    /** The names of levels by those of the fields that both have; no values. */
    public Map<String, String> agreement() {
        return comparisons.stream()
                .filter(comparison -> comparison.a() != null)
                .collect(
                        Collectors.toMap(
                                comparison -> comparison.field().name(),
                                Comparison::level,
                                (one, other) -> one,
                                TreeMap::new));
    }

    /** The probability that the two are one. */
    public double probability() {
        return MatchModel.probability(bits());
    }
}
