package io.customergraph.review;

/**
 * A share, and the interval in which it lies with a probability of 95 % (E. B. Wilson, Probable
 * Inference, the Law of Succession, and Statistical Inference, 1927).
 *
 * @param value from 0 to 1, as are the ends
 */
public record Estimate(double value, double low, double high) {

    /** The quantile of the normal distribution for 95 % on both sides. */
    private static final double Z = 1.959964;

    /**
     * Estimates a share.
     *
     * @param right at most all
     * @param all above 0
     */
    static Estimate of(long right, long all) {
        double share = (double) right / all;
        double z2 = Z * Z;
        double centre = (share + z2 / (2 * all)) / (1 + z2 / all);
        double reach =
                Z / (1 + z2 / all) * Math.sqrt(share * (1 - share) / all + z2 / (4.0 * all * all));
        return new Estimate(share, Math.max(0, centre - reach), Math.min(1, centre + reach));
    }
}
