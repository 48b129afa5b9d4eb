package io.customergraph.run;

import io.customergraph.matching.block.BlockingRule;
import io.customergraph.matching.block.Candidates;
import io.customergraph.matching.cluster.ScoredPairs;
import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.population.Population;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.matching.score.Scorer;
import io.customergraph.review.MatchExplanation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Pairs of customers that are alike.
 *
 * @param pairs the likeliest first
 * @param likely how many of them reach the automatic threshold
 */
record FoundPairs(List<UUID> customers, ScoredPairs pairs, int likely, String model) {

    /** What the run compares customers by, in this order. */
    static final List<FieldKind> KINDS =
            List.of(FieldKind.EMAIL, FieldKind.PHONE, FieldKind.FIRST_NAME, FieldKind.LAST_NAME);

    /** However a model is calibrated, pairs that are less likely than this are not kept. */
    private static final double LEAST_BITS = -6;

    FoundPairs {
        customers = List.copyOf(customers);
    }

    /** Compares customers by a model, on all cores. */
    static FoundPairs among(List<UUID> customers, Population population, MatchModel by) {
        MatchModel model = model(by, customers.size());
        Set<FieldKind> kinds = EnumSet.copyOf(KINDS);
        Candidates candidates = new Candidates(population, BlockingRule.of(kinds));
        // The queue knows more of a pair than the run, so that it is shown what is nearly enough.
        double floor =
                Math.max(
                        LEAST_BITS,
                        model.calibration().raw(MatchModel.bits(MatchExplanation.REVIEW)));
        ScoredPairs pairs = ScoredPairs.of(candidates, Scorer.of(population, model), floor);
        double automatic = model.calibration().raw(MatchModel.bits(MatchExplanation.AUTOMATIC));
        int likely = 0;
        while (likely < pairs.size() && pairs.bits(likely) >= automatic) {
            likely++;
        }
        return new FoundPairs(customers, pairs, likely, model.version());
    }

    /** What the model says of what the run compares; the shipped one knows how many there are. */
    private static MatchModel model(MatchModel by, int customers) {
        return (by.version().equals(MatchModel.SHIPPED) ? MatchModel.shipped(customers) : by)
                .of(KINDS);
    }

    long compared() {
        return pairs.seen();
    }

    /** How many wait for a person, by what the run compares. */
    long review() {
        return pairs.size() - (long) likely;
    }

    UUID a(int pair) {
        return customers.get(pairs.a(pair));
    }

    UUID b(int pair) {
        return customers.get(pairs.b(pair));
    }
}
