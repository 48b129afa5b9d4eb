package io.customergraph.matching.score;

import java.util.List;

/**
 * Fits a calibration to what people decided, by the logistic regression of J. C. Platt
 * (Probabilistic Outputs for Support Vector Machines, 1999) on the odds, with normal priors about
 * leaving them as they are.
 */
public final class Calibrating {

    /** With fewer decisions of either kind odds stay as they are. */
    public static final int LEAST_OF_EACH = 50;

    private static final double LN2 = Math.log(2);

    /** How far off a slope is by the prior: a standard deviation. */
    private static final double SLOPE_OFF = 0.25;

    /** How far off the odds are on the whole by the prior, in natural units. */
    private static final double INTERCEPT_OFF = 1;

    /** With more of one kind for each of the other the queue shows nothing of what is right. */
    private static final int MOST_LOPSIDED = 10;

    /** Decisions that follow the odds less than this say nothing of what the odds are worth. */
    private static final double LEAST_SLOPE = 0.25;

    /** Whoever decides sees pairs from the queue alone: of all others they say little. */
    private static final double MOST_INTERCEPT = 3 * Math.log(2);

    /** More extreme odds than these say no more, and are no reason for a steeper line. */
    private static final double MOST_BITS = 30;

    private static final int MAX_ROUNDS = 100;
    private static final double CONVERGED = 1e-9;

    private final double[] odds;
    private final boolean[] isOne;
    private double slope = 1;
    private double intercept;

    private Calibrating(List<Label> labels) {
        this.odds = new double[labels.size()];
        this.isOne = new boolean[odds.length];
        for (int n = 0; n < odds.length; n++) {
            odds[n] = Math.clamp(labels.get(n).bits, -MOST_BITS, MOST_BITS) * LN2;
            isOne[n] = labels.get(n).isOnePerson;
        }
    }

    /**
     * A decided pair.
     *
     * @param bits its odds by the model before any calibration
     * @param isOnePerson what people said
     */
    public record Label(double bits, boolean isOnePerson) {}

    /**
     * The calibration that the decisions call for; none where there are few of either kind, nearly
     * all are of one, or they do not follow the odds.
     */
    public static Calibration fit(List<Label> labels) {
        int confirmed = (int) labels.stream().filter(Label::isOnePerson).count();
        int rejected = labels.size() - confirmed;
        int few = Math.min(confirmed, rejected);
        if (few < LEAST_OF_EACH || Math.max(confirmed, rejected) > MOST_LOPSIDED * few) {
            return Calibration.untouched(confirmed, rejected);
        }
        Calibrating fit = new Calibrating(labels);
        double before = fit.brier();
        fit.run();
        if (fit.slope < LEAST_SLOPE) {
            return Calibration.untouched(confirmed, rejected);
        }
        fit.intercept = Math.clamp(fit.intercept, -MOST_INTERCEPT, MOST_INTERCEPT);
        return new Calibration(
                fit.slope, fit.intercept / LN2, confirmed, rejected, before, fit.brier());
    }

    /** Newton's method; the loss is strictly convex, so that a step that is too long is halved. */
    private void run() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            double[] step = step();
            double from = loss(slope, intercept);
            double part = 1;
            while (part > CONVERGED
                    && loss(slope + part * step[0], intercept + part * step[1]) > from) {
                part /= 2;
            }
            slope += part * step[0];
            intercept += part * step[1];
            if (Math.abs(part * step[0]) + Math.abs(part * step[1]) < CONVERGED) {
                return;
            }
        }
    }

    private double[] step() {
        double gradientA = (slope - 1) / (SLOPE_OFF * SLOPE_OFF);
        double gradientB = intercept / (INTERCEPT_OFF * INTERCEPT_OFF);
        double aa = 1 / (SLOPE_OFF * SLOPE_OFF);
        double bb = 1 / (INTERCEPT_OFF * INTERCEPT_OFF);
        double ab = 0;
        for (int n = 0; n < odds.length; n++) {
            double p = probability(slope * odds[n] + intercept);
            double error = p - (isOne[n] ? 1 : 0);
            double spread = p * (1 - p);
            gradientA += error * odds[n];
            gradientB += error;
            aa += spread * odds[n] * odds[n];
            ab += spread * odds[n];
            bb += spread;
        }
        double determinant = aa * bb - ab * ab;
        return new double[] {
            -(bb * gradientA - ab * gradientB) / determinant,
            -(aa * gradientB - ab * gradientA) / determinant
        };
    }

    private double loss(double a, double b) {
        double loss =
                (a - 1) * (a - 1) / (2 * SLOPE_OFF * SLOPE_OFF)
                        + b * b / (2 * INTERCEPT_OFF * INTERCEPT_OFF);
        for (int n = 0; n < odds.length; n++) {
            double z = (isOne[n] ? -1 : 1) * (a * odds[n] + b);
            loss += z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
        }
        return loss;
    }

    private double brier() {
        double sum = 0;
        for (int n = 0; n < odds.length; n++) {
            double error = probability(slope * odds[n] + intercept) - (isOne[n] ? 1 : 0);
            sum += error * error;
        }
        return sum / odds.length;
    }

    private static double probability(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
