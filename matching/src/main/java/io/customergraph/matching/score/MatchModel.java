package io.customergraph.matching.score;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.compare.Level;

import java.util.List;

/**
 * How often people's records agree, and how often strangers' do.
 *
 * @param version names the model in decisions
 * @param prior the probability that two records drawn at random are one person's
 * @param fields each at most once
 */
public record MatchModel(String version, double prior, List<Field> fields) {

    /** The version of the model that is used before any training. */
    public static final String SHIPPED = "shipped-1";

    public MatchModel {
        fields = List.copyOf(fields);
        if (!(prior > 0 && prior < 1)) {
            throw new IllegalArgumentException("A prior lies between 0 and 1");
        }
    }

    /** A field and what its levels are worth, in the order of its comparator's. */
    public record Field(String name, FieldKind kind, List<LevelOdds> levels) {

        public Field {
            levels = List.copyOf(levels);
        }
    }

    /**
     * A level's probabilities.
     *
     * @param m that the values of one person agree so
     * @param u that the values of two people do
     */
    public record LevelOdds(String level, double m, double u) {

        /** The evidence in bits; below zero where it speaks against one person. */
        public double weight() {
            return log2(m / u);
        }
    }

    static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    /** The odds of a probability, in bits. */
    public static double bits(double probability) {
        return log2(probability / (1 - probability));
    }

    /** The probability of odds in bits. */
    public static double probability(double bits) {
        return 1 / (1 + Math.exp(-bits * Math.log(2)));
    }

    /** A field with the comparator's own probabilities. */
    public static Field shipped(String name, FieldKind kind, List<Level> levels) {
        return new Field(
                name,
                kind,
                levels.stream().map(l -> new LevelOdds(l.name(), l.m(), l.u())).toList());
    }
}
