package io.customergraph.matching.score;

import org.jspecify.annotations.Nullable;

/**
 * What people's decisions make of a model's odds: a straight line, which never changes the order of
 * pairs.
 *
 * @param slope above 0; 1 leaves odds as they are
 * @param intercept in bits; 0 leaves odds as they are
 * @param confirmed pairs that people said are one person, which it was fitted to
 * @param rejected pairs that people said are two
 * @param brierBefore the mean squared error of the probabilities on these pairs before; null where
 *     nothing was fitted
 * @param brierAfter the same after
 */
public record Calibration(
        double slope,
        double intercept,
        int confirmed,
        int rejected,
        @Nullable Double brierBefore,
        @Nullable Double brierAfter) {

    /** Leaves odds as they are. */
    public static final Calibration IDENTITY = untouched(0, 0);

    public Calibration {
        if (!(slope > 0) || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
            throw new IllegalArgumentException("A calibration keeps the order of odds");
        }
    }

    static Calibration untouched(int confirmed, int rejected) {
        return new Calibration(1, 0, confirmed, rejected, null, null);
    }

    /** The odds as people would have them, in bits. */
    public double calibrated(double bits) {
        return slope * bits + intercept;
    }

    /** The odds that are calibrated to these, in bits. */
    public double raw(double calibrated) {
        return (calibrated - intercept) / slope;
    }
}
