package io.customergraph.matching.dedupe;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * How well groups agree with the truth.
 *
 * <p>Pairwise: of the pairs of records. B-cubed (A. Bagga and B. Baldwin, 1998): of each record's
 * group, averaged over records, so that large groups do not count for more.
 *
 * @param groups how many there are
 */
public record Quality(
        double precision, double recall, double bCubedPrecision, double bCubedRecall, int groups) {

    /**
     * Measures groups.
     *
     * @param group the number of a record's group
     * @param truth the number of its person
     */
    public static Quality of(int records, IntUnaryOperator group, IntUnaryOperator truth) {
        Map<Long, Integer> both = new HashMap<>();
        Map<Integer, Integer> found = new HashMap<>();
        Map<Integer, Integer> real = new HashMap<>();
        for (int record = 0; record < records; record++) {
            int of = group.applyAsInt(record);
            int person = truth.applyAsInt(record);
            both.merge(((long) of << Integer.SIZE) | person, 1, Integer::sum);
            found.merge(of, 1, Integer::sum);
            real.merge(person, 1, Integer::sum);
        }
        double right = 0;
        double bCubedPrecision = 0;
        double bCubedRecall = 0;
        for (Map.Entry<Long, Integer> cell : both.entrySet()) {
            double count = cell.getValue();
            right += pairs(count);
            int of = (int) (cell.getKey() >>> Integer.SIZE);
            bCubedPrecision += count * count / found.getOrDefault(of, 1);
            bCubedRecall += count * count / real.getOrDefault(cell.getKey().intValue(), 1);
        }
        return new Quality(
                ratio(right, pairs(found)),
                ratio(right, pairs(real)),
                ratio(bCubedPrecision, records),
                ratio(bCubedRecall, records),
                found.size());
    }

    private static double pairs(Map<Integer, Integer> sizes) {
        return sizes.values().stream().mapToDouble(Quality::pairs).sum();
    }

    private static double pairs(double size) {
        return size * (size - 1) / 2;
    }

    /** Of nothing all is right. */
    private static double ratio(double part, double whole) {
        return whole == 0 ? 1 : part / whole;
    }

    /** The harmonic mean of pairwise precision and recall. */
    public double f1() {
        return f1(precision, recall);
    }

    /** The same of B-cubed. */
    public double bCubedF1() {
        return f1(bCubedPrecision, bCubedRecall);
    }

    private static double f1(double precision, double recall) {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
