package io.customergraph.matching.score;

import io.customergraph.matching.population.Column;
import io.customergraph.matching.population.Population;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How often two records drawn at random agree, for each field and level: equality is counted over
 * all pairs, the other levels over a sample of them.
 */
final class Chance {

    private static final int SAMPLE = 1_000_000;
    private static final int PARTS = 16;
    private static final long SEED = 42;

    private Chance() {}

    /**
     * The frequency of each level among pairs that both have a value, by field and level.
     *
     * @param doubt sampled pairs that the comparator's own probabilities count for
     */
    static double[][] of(Population population, Patterns patterns, double doubt) {
        double[][] counts =
                IntStream.range(0, PARTS)
                        .parallel()
                        .mapToObj(part -> sample(population, patterns.fork(), part))
                        .reduce(Chance::sum)
                        .orElseThrow();
        List<Column> columns = population.columns();
        double[][] chance = new double[columns.size()][];
        for (int field = 0; field < chance.length; field++) {
            chance[field] = frequencies(columns.get(field), counts[field], doubt);
        }
        return chance;
    }

    private static double[][] sample(Population population, Patterns patterns, int part) {
        List<Column> columns = population.columns();
        double[][] counts = new double[columns.size()][];
        for (int field = 0; field < counts.length; field++) {
            counts[field] = new double[columns.get(field).comparator().levels().size()];
        }
        SplittableRandom random = new SplittableRandom(SEED + part);
        for (int n = 0; n < SAMPLE / PARTS && population.size() > 1; n++) {
            int a = random.nextInt(population.size());
            int b = random.nextInt(population.size() - 1);
            b = b >= a ? b + 1 : b;
            for (int field = 0; field < counts.length; field++) {
                int code = patterns.code(field, a, b);
                if (code > 0) {
                    counts[field][code - 1]++;
                }
            }
        }
        return counts;
    }

    private static double[][] sum(double[][] a, double[][] b) {
        double[][] sum = new double[a.length][];
        for (int field = 0; field < a.length; field++) {
            sum[field] = a[field].clone();
            for (int level = 0; level < sum[field].length; level++) {
                sum[field][level] += b[field][level];
            }
        }
        return sum;
    }

    private static double[] frequencies(Column column, double[] counts, double doubt) {
        var levels = column.comparator().levels();
        double exact = Math.max(column.chanceOfSameValue(), 1e-12);
        double different = 0;
        double shipped = 0;
        for (int level = 1; level < counts.length; level++) {
            different += counts[level];
            shipped += levels.get(level).u();
        }
        double[] frequencies = new double[counts.length];
        frequencies[0] = exact;
        for (int level = 1; level < counts.length; level++) {
            frequencies[level] =
                    (1 - exact)
                            * (counts[level] + doubt * levels.get(level).u() / shipped)
                            / (different + doubt);
        }
        return frequencies;
    }
}
