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

    /** The queue knows more of a pair than the run, so that it is shown what is nearly enough. */
    private static final double FLOOR = MatchModel.bits(MatchExplanation.REVIEW);

    FoundPairs {
        customers = List.copyOf(customers);
    }

    /** Compares customers on all cores. */
    static FoundPairs among(List<UUID> customers, Population population) {
        MatchModel model = model(customers.size());
        Set<FieldKind> kinds = EnumSet.copyOf(KINDS);
        Candidates candidates = new Candidates(population, BlockingRule.of(kinds));
        ScoredPairs pairs = ScoredPairs.of(candidates, Scorer.of(population, model), FLOOR);
        double automatic = MatchModel.bits(MatchExplanation.AUTOMATIC);
        int likely = 0;
        while (likely < pairs.size() && pairs.bits(likely) >= automatic) {
            likely++;
        }
        return new FoundPairs(customers, pairs, likely, model.version());
    }

    /** The shipped model for what the run compares. */
    private static MatchModel model(int customers) {
        MatchModel shipped = MatchModel.shipped(customers);
        List<MatchModel.Field> fields =
                KINDS.stream()
                        .flatMap(
                                kind ->
                                        shipped.fields().stream()
                                                .filter(field -> field.kind() == kind))
                        .toList();
        return new MatchModel(shipped.version(), shipped.prior(), fields);
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
