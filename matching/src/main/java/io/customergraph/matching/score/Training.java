package io.customergraph.matching.score;

import io.customergraph.matching.block.Candidates;
import io.customergraph.matching.block.PairVisitor;
import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.compare.Level;
import io.customergraph.matching.population.Column;
import io.customergraph.matching.population.Population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Learns a model from records without labels, by expectation maximisation over counted patterns of
 * agreement (W. E. Winkler, Using the EM Algorithm for Weight Computation in the Fellegi–Sunter
 * Model of Record Linkage, 1988).
 *
 * <p>How strangers agree is counted among pairs drawn at random, less the share of them that is one
 * person's. How one person's records agree, and how many pairs there are of these, is found among
 * the candidates; a pair that no rule brings together counts as strangers'.
 */
public final class Training {

    /** The share of a changed probability below which training has converged. */
    private static final double CONVERGED = 1e-4;

    private static final int MAX_ROUNDS = 200;

    /** Of agreement by chance this share stays, however much of it is one person's. */
    private static final double LEAST_SHARE = 0.02;

    private static final double LEAST = 1e-9;

    private final Population population;
    private final Assumptions assumptions;
    private final double[][] chance;
    private final PatternCounts counts = new PatternCounts();
    private final double[][] m;
    private final double[][] u;
    private double prior;

    private Training(Population population, Patterns patterns, Assumptions assumptions) {
        this.population = population;
        this.assumptions = assumptions;
        this.chance = Chance.of(population, patterns, assumptions.chanceDoubt);
        this.m = new double[chance.length][];
        this.u = new double[chance.length][];
        for (int field = 0; field < chance.length; field++) {
            List<Level> levels = population.columns().get(field).comparator().levels();
            m[field] = levels.stream().mapToDouble(Level::m).toArray();
            if (isIdentity(field)) {
                pin(chance[field], levels.getFirst().u());
            }
            u[field] = chance[field].clone();
        }
        this.prior = Math.min(0.1, 1.0 / Math.max(2, population.size()));
    }

    /**
     * What is known before anything is learnt.
     *
     * @param doubt pairs of one person that the shipped probabilities count for, against chance
     *     where there are few
     * @param chanceDoubt pairs of two people, drawn at random, that they count for
     * @param identities fields by which equal records are one already, so that no two are left to
     *     learn from what equality is worth: that keeps the shipped probabilities
     */
    public record Assumptions(double doubt, double chanceDoubt, Set<FieldKind> identities) {

        /** Of records that nothing was done with. */
        public static final Assumptions OF_RECORDS = new Assumptions(10, 5, Set.of());

        public Assumptions {
            identities = Set.copyOf(identities);
        }
    }

    private boolean isIdentity(int field) {
        return assumptions.identities.contains(population.columns().get(field).kind());
    }

    /**
     * Gives equality this probability, and the other levels what is left, as they share it now;
     * where all are equal there is nothing to share it by.
     */
    private static void pin(double[] levels, double equal) {
        double rest = 0;
        for (int level = 1; level < levels.length; level++) {
            rest += levels[level];
        }
        if (rest <= 0) {
            Arrays.fill(levels, 1, levels.length, (1 - equal) / (levels.length - 1));
            levels[0] = equal;
            return;
        }
        for (int level = 1; level < levels.length; level++) {
            levels[level] *= (1 - equal) / rest;
        }
        levels[0] = equal;
    }

    /**
     * What was learnt.
     *
     * @param rounds of expectation and maximisation
     * @param lastChange of the probabilities, relative, in the last round
     * @param expectedMatches pairs of one person among the candidates, as the model has it
     * @param patterns distinct ones
     */
    public record Outcome(
            MatchModel model, int rounds, double lastChange, double expectedMatches, int patterns) {

        public boolean hasConverged() {
            return lastChange <= CONVERGED;
        }
    }

    /**
     * Trains on the records themselves.
     *
     * @param share of the candidates' keys to look at, from above 0 to 1
     */
    public static Outcome train(
            Population population, Candidates candidates, double share, String version) {
        return train(population, candidates, share, version, Assumptions.OF_RECORDS);
    }

    /**
     * Trains on the records themselves.
     *
     * @param share of the candidates' keys to look at, from above 0 to 1
     */
    public static Outcome train(
            Population population,
            Candidates candidates,
            double share,
            String version,
            Assumptions assumptions) {
        Patterns patterns = Patterns.of(population);
        Training training = new Training(population, patterns, assumptions);
        for (Counting counting : candidates.visit(share, () -> new Counting(patterns.fork()))) {
            training.counts.addAll(counting.counts, 1 / share);
        }
        return training.run(version);
    }

    private static final class Counting implements PairVisitor {

        private final Patterns patterns;
        private final PatternCounts counts = new PatternCounts();

        Counting(Patterns patterns) {
            this.patterns = patterns;
        }

        @Override
        public void pair(int a, int b) {
            counts.add(patterns.of(a, b), 1);
        }
    }

    private Outcome run(String version) {
        int rounds = 0;
        double change = 1;
        while (rounds < MAX_ROUNDS && change > CONVERGED) {
            change = round();
            rounds++;
        }
        return new Outcome(
                model(version), rounds, change, prior * population.pairs(), counts.size());
    }

    private double round() {
        Weights weights = weights();
        double start = MatchModel.bits(prior);
        double[][] expected = new double[m.length][];
        for (int field = 0; field < m.length; field++) {
            expected[field] = new double[m[field].length];
        }
        double[] matches = new double[1];
        counts.forEach(
                (pattern, count) -> {
                    double bits = start + weights.of(pattern);
                    double expectedMatches = MatchModel.probability(bits) * count;
                    matches[0] += expectedMatches;
                    for (int field = 0; field < m.length; field++) {
                        int code = Patterns.code(pattern, field);
                        if (code > 0) {
                            expected[field][code - 1] += expectedMatches;
                        }
                    }
                });
        return maximise(expected, matches[0]);
    }

    private double maximise(double[][] expected, double matches) {
        double change = 0;
        double newPrior = Math.max(LEAST, Math.min(0.5, matches / population.pairs()));
        change = Math.max(change, Math.abs(newPrior - prior) / prior);
        prior = newPrior;
        for (int field = 0; field < m.length; field++) {
            List<Level> levels = population.columns().get(field).comparator().levels();
            double total = assumptions.doubt;
            for (double ofLevel : expected[field]) {
                total += ofLevel;
            }
            double[] newM = new double[m[field].length];
            for (int level = 0; level < newM.length; level++) {
                newM[level] =
                        (expected[field][level] + assumptions.doubt * levels.get(level).m())
                                / total;
            }
            if (isIdentity(field)) {
                pin(newM, levels.getFirst().m());
            }
            for (int level = 0; level < newM.length; level++) {
                change =
                        Math.max(
                                change,
                                Math.abs(newM[level] - m[field][level])
                                        / Math.max(newM[level], 0.01));
                m[field][level] = newM[level];
            }
            for (int level = 0; level < newM.length; level++) {
                u[field][level] = ofStrangers(field, level);
            }
        }
        return change;
    }

    /** What is left of agreement by chance without the pairs that are one person's. */
    private double ofStrangers(int field, int level) {
        double raw = chance[field][level];
        if (level == 0 && isIdentity(field)) {
            return raw;
        }
        double ofOnePerson = m[field][level] / (1 - equal(m, field, level));
        return Math.max(
                Math.max(LEAST, raw * LEAST_SHARE), (raw - prior * ofOnePerson) / (1 - prior));
    }

    /** What is missing from the other levels because nobody is left who agrees on an identity. */
    private double equal(double[][] probabilities, int field, int level) {
        return level > 0 && isIdentity(field) ? probabilities[field][0] : 0;
    }

    private Weights weights() {
        double[][] weights = new double[m.length][];
        for (int field = 0; field < m.length; field++) {
            weights[field] = new double[m[field].length + 1];
            for (int level = 0; level < m[field].length; level++) {
                weights[field][level + 1] =
                        MatchModel.log2(
                                m[field][level]
                                        / (1 - equal(m, field, level))
                                        / (u[field][level] / (1 - equal(u, field, level))));
            }
        }
        return new Weights(population.columns().stream().map(Column::kind).toList(), weights);
    }

    private MatchModel model(String version) {
        List<MatchModel.Field> fields = new ArrayList<>();
        for (int field = 0; field < m.length; field++) {
            Column column = population.columns().get(field);
            List<MatchModel.LevelOdds> levels = new ArrayList<>();
            for (int level = 0; level < m[field].length; level++) {
                levels.add(
                        new MatchModel.LevelOdds(
                                column.comparator().levels().get(level).name(),
                                m[field][level],
                                u[field][level]));
            }
            fields.add(
                    new MatchModel.Field(
                            column.name(), column.kind(), levels, CommonTerms.of(column)));
        }
        return new MatchModel(version, prior, fields);
    }
}
