package io.customergraph.review;

import org.jspecify.annotations.Nullable;

/**
 * How well matching does by itself, by what people decided about it. A merge that nobody took back
 * counts as right.
 *
 * @param automaticMerges made without a person, standing or taken back
 * @param takenBack of them, by a person
 * @param confirmed merges that a person made, and that stand
 * @param rejected pairs that a person keeps apart
 */
public record MatchQuality(long automaticMerges, long takenBack, long confirmed, long rejected) {

    /** Of the automatic merges, the share that is right; null while there are none. */
    public @Nullable Estimate precision() {
        return automaticMerges == 0
                ? null
                : Estimate.of(automaticMerges - takenBack, automaticMerges);
    }

    /** Of the merges that are right, the share that was automatic; null while there are none. */
    public @Nullable Estimate recall() {
        long right = automaticMerges - takenBack;
        return right + confirmed == 0 ? null : Estimate.of(right, right + confirmed);
    }

    /** The harmonic mean of precision and recall; null where one of them is. */
    public @Nullable Double f1() {
        Estimate precision = precision();
        Estimate recall = recall();
        if (precision == null || recall == null) {
            return null;
        }
        double sum = precision.value() + recall.value();
        return sum == 0 ? 0 : 2 * precision.value() * recall.value() / sum;
    }
}
