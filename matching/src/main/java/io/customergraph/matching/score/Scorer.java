package io.customergraph.matching.score;

import io.customergraph.matching.compare.Level;
import io.customergraph.matching.population.Column;
import io.customergraph.matching.population.Population;

import java.util.List;

/**
 * Scores pairs of a population by a model. Agreement on a value is worth more the fewer records
 * have it. Used by one thread; {@link #fork} for another.
 */
public final class Scorer {

    private final Population population;
    private final Patterns patterns;
    private final Weights weights;
    private final double[] further;
    private final float[][] byTerm;
    private final double start;

    private Scorer(
            Population population,
            Patterns patterns,
            Weights weights,
            float[][] byTerm,
            double start) {
        this.population = population;
        this.patterns = patterns;
        this.weights = weights;
        this.further = new double[byTerm.length];
        this.byTerm = byTerm;
        this.start = start;
    }

    /**
     * Scores by a model whose fields are the population's columns, in their order. How common a
     * value is, is counted in the population itself; odds are those before any calibration.
     *
     * @throws IllegalArgumentException where they are not
     */
    public static Scorer of(Population population, MatchModel model) {
        List<Column> columns = population.columns();
        float[][] byTerm = new float[columns.size()][];
        for (int field = 0; field < byTerm.length; field++) {
            Column column = columns.get(field);
            List<Level> levels = column.comparator().levels();
            MatchModel.Field odds = model.fields().get(field);
            if (odds.kind() != column.kind() || odds.levels().size() != levels.size()) {
                throw new IllegalArgumentException("The model is of other fields");
            }
            byTerm[field] = levels.getFirst().isByTerm() ? byTerm(column) : new float[0];
        }
        return new Scorer(
                population,
                Patterns.of(population),
                Weights.of(model),
                byTerm,
                MatchModel.bits(model.prior()));
    }

    /** For another thread. */
    public Scorer fork() {
        return new Scorer(population, patterns.fork(), weights, byTerm, start);
    }

    private static float[] byTerm(Column column) {
        double average = column.chanceOfSameValue();
        float[] bits = new float[column.size()];
        for (int value = 0; value < bits.length; value++) {
            int others = column.count(value) - 1;
            if (others > 0 && average > 0) {
                double chance = (double) others / (column.present() - 1);
                bits[value] = (float) CommonTerms.bits(average, chance);
            }
        }
        return bits;
    }

    /** The odds that two records are one person's, in bits: 0 is even, before any calibration. */
    public double bits(int a, int b) {
        long pattern = patterns.of(a, b);
        for (int field = 0; field < further.length; field++) {
            further[field] =
                    Patterns.code(pattern, field) == 1 && byTerm[field].length > 0
                            ? byTerm[field][population.columns().get(field).value(a)]
                            : 0;
        }
        return start + weights.of(pattern, further);
    }
}
