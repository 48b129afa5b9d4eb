package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Why two people are, or are not, one: what each field says, and the sum.
 *
 * @param model the version of the model that says so
 * @param prior the odds before anything is compared, in bits
 * @param comparisons one for each field of the model, in its order
 */
public record Explanation(String model, double prior, List<Comparison> comparisons) {

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
     * @param counted what of it counts beside the other fields: less where they say the same
     */
    public record Comparison(
            FieldKind field,
            String level,
            String words,
            @Nullable String a,
            @Nullable String b,
            double weight,
            double counted) {}

    /** The odds that the two are one, in bits: the prior and all that counts. */
    public double bits() {
        return prior + comparisons.stream().mapToDouble(Comparison::counted).sum();
    }

    /** The probability that the two are one. */
    public double probability() {
        return MatchModel.probability(bits());
    }
}
