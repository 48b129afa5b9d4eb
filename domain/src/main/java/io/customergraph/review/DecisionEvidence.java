package io.customergraph.review;

import io.customergraph.matching.score.Explanation;

import java.util.List;
import java.util.Map;

/** What is kept with a decision of a model: all that it was made by, and no personal data. */
final class DecisionEvidence {

    private DecisionEvidence() {}

    private record Compared(
            String field, String level, double weight, double rarity, double counted) {}

    static Map<String, Object> of(Explanation explanation, SharedKinds sharedKinds) {
        List<Compared> comparisons =
                explanation.comparisons().stream()
                        .filter(comparison -> comparison.a() != null)
                        .map(
                                comparison ->
                                        new Compared(
                                                comparison.field().name(),
                                                comparison.level(),
                                                comparison.weight(),
                                                comparison.rarity(),
                                                comparison.counted()))
                        .toList();
        return Map.of(
                "probability",
                explanation.probability(),
                "shared_kinds",
                sharedKinds.sorted(),
                "prior",
                explanation.prior(),
                "sum",
                explanation.sum(),
                "odds",
                explanation.bits(),
                "comparisons",
                comparisons);
    }
}
