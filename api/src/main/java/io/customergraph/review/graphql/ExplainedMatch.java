package io.customergraph.review.graphql;

import io.customergraph.matching.score.Calibration;
import io.customergraph.matching.score.Explanation;
import io.customergraph.review.MatchExplanation;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** An explanation as a caller may see it. */
public record ExplainedMatch(
        UUID customerA,
        UUID customerB,
        String model,
        double prior,
        List<FieldComparison> comparisons,
        double sum,
        double odds,
        Calibration calibration,
        double probability,
        List<MatchExplanation.Guard> guards,
        MatchExplanation.Verdict verdict,
        String decidedBy) {

    /** What one field says, its values whole or masked. */
    public record FieldComparison(
            String field,
            String level,
            String description,
            @Nullable String valueOfA,
            @Nullable String valueOfB,
            double weight,
            double rarity,
            @Nullable Double share,
            double counted) {}

    static ExplainedMatch of(MatchExplanation match, boolean maySeeValues) {
        Explanation explanation = match.explanation();
        return new ExplainedMatch(
                match.a(),
                match.b(),
                explanation.model(),
                explanation.prior(),
                explanation.comparisons().stream()
                        .map(comparison -> field(comparison, maySeeValues))
                        .toList(),
                explanation.sum(),
                explanation.bits(),
                explanation.calibration(),
                explanation.probability(),
                match.guards(),
                match.verdict(),
                match.decidedBy());
    }

    private static FieldComparison field(Explanation.Comparison comparison, boolean maySeeValues) {
        return new FieldComparison(
                comparison.field().name(),
                comparison.level(),
                comparison.words(),
                maySeeValues ? comparison.a() : masked(comparison.a()),
                maySeeValues ? comparison.b() : masked(comparison.b()),
                comparison.weight(),
                comparison.rarity(),
                comparison.share(),
                comparison.counted());
    }

    /** The first letter: enough to follow what is compared, and nobody's address. */
    static @Nullable String masked(@Nullable String value) {
        return value == null || value.isEmpty()
                ? null
                : value.substring(0, value.offsetByCodePoints(0, 1)) + "…";
    }
}
