package io.customergraph.matching.score;

import io.customergraph.matching.block.Candidates;
import io.customergraph.matching.block.PairVisitor;
import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.population.Population;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Learns a model from customers, who are not like records: whoever could be told by an equal e-mail
 * or phone is one customer already. Few pairs of one person are left, and none that says what such
 * equality is worth. So the shipped probabilities count for more, and a model that nobody should
 * rely on is refused.
 */
public final class CustomerTraining {

    /** Of fewer customers nothing is learnt. */
    public static final int LEAST_CUSTOMERS = 1_000;

    /** Of fewer pairs of one person nothing is learnt. */
    public static final int LEAST_MATCHES = 10;

    /**
     * Ingestion leaves fewer doubles than this for each customer. Where training finds more, it
     * took people of one name for one person, as it does where few names are shared by many.
     */
    private static final double MOST_MATCHES_PER_CUSTOMER = 0.25;

    private static final Training.Assumptions OF_CUSTOMERS =
            new Training.Assumptions(
                    100, 100_000, Set.of(FieldKind.EMAIL, FieldKind.PHONE, FieldKind.EXTERNAL_ID));

    /** More pairs than these teach no more. */
    private static final double TRAINED_ON = 3_000_000;

    private CustomerTraining() {}

    /** What came of it. */
    public sealed interface Result {}

    /**
     * A model.
     *
     * @param pairs candidates there are
     */
    public record Learnt(Training.Outcome outcome, long pairs) implements Result {}

    /**
     * No model.
     *
     * @param reason for people, without personal data
     * @param rounds of training before that; 0 where it did not begin
     * @param lastChange of the probabilities, relative, in the last round
     */
    public record Refused(String reason, int rounds, double lastChange) implements Result {}

    /**
     * Trains on all cores.
     *
     * @param version names the model
     */
    public static Result train(Population population, Candidates candidates, String version) {
        if (population.size() < LEAST_CUSTOMERS) {
            return new Refused(
                    String.format(
                            Locale.ROOT,
                            "Too few customers to learn from: %,d, and it takes %,d",
                            population.size(),
                            LEAST_CUSTOMERS),
                    0,
                    0);
        }
        long pairs =
                candidates.visit(1, Counter::new).stream()
                        .mapToLong(counter -> counter.pairs)
                        .sum();
        Training.Outcome outcome =
                Training.train(
                        population,
                        candidates,
                        Math.min(1, TRAINED_ON / Math.max(1, pairs)),
                        version,
                        OF_CUSTOMERS);
        Optional<String> objection = objection(outcome, population.size());
        if (objection.isPresent()) {
            return new Refused(objection.get(), outcome.rounds(), outcome.lastChange());
        }
        return new Learnt(
                new Training.Outcome(
                        completed(
                                LevelOrder.of(outcome.model(), OF_CUSTOMERS.identities()),
                                population.size()),
                        outcome.rounds(),
                        outcome.lastChange(),
                        outcome.expectedMatches(),
                        outcome.patterns()),
                pairs);
    }

    /** What the customers were not compared by is worth what the shipped model says. */
    private static MatchModel completed(MatchModel learnt, int customers) {
        List<MatchModel.Field> fields = new ArrayList<>();
        for (MatchModel.Field shipped : MatchModel.shipped(customers).fields()) {
            fields.add(
                    learnt.fields().stream()
                            .filter(field -> field.kind() == shipped.kind())
                            .findFirst()
                            .orElse(shipped));
        }
        return new MatchModel(learnt.version(), learnt.prior(), fields);
    }

    static Optional<String> objection(Training.Outcome outcome, int customers) {
        if (!outcome.hasConverged()) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "Training did not converge: after %,d rounds probabilities still"
                                    + " change by %.4f",
                            outcome.rounds(),
                            outcome.lastChange()));
        }
        if (outcome.expectedMatches() < LEAST_MATCHES) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "Too few pairs of one person to learn from: about %.1f, and it takes"
                                    + " %,d",
                            outcome.expectedMatches(),
                            LEAST_MATCHES));
        }
        if (outcome.expectedMatches() > customers * MOST_MATCHES_PER_CUSTOMER) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "What was learnt is absurd: about %,.0f pairs of one person among %,d"
                                    + " customers",
                            outcome.expectedMatches(),
                            customers));
        }
        return LevelOrder.objection(outcome.model(), OF_CUSTOMERS.identities());
    }

    private static final class Counter implements PairVisitor {

        private long pairs;

        @Override
        public void pair(int a, int b) {
            pairs++;
        }
    }
}
