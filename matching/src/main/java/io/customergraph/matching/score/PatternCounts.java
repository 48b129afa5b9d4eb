package io.customergraph.matching.score;

/**
 * How many pairs agree in which pattern. There are few patterns however many pairs there are, so
 * that training on counts does not grow with the records.
 */
final class PatternCounts {

    private static final int INITIAL = 1 << 12;

    private long[] patterns = new long[INITIAL];
    private double[] counts = new double[INITIAL];
    private int size;

    /** Takes each pattern and its count. */
    @FunctionalInterface
    interface Each {
        void pattern(long pattern, double count);
    }

    void add(long pattern, double count) {
        int slot = slot(pattern);
        if (counts[slot] == 0) {
            patterns[slot] = pattern;
            if (++size > patterns.length / 2) {
                counts[slot] = count;
                grow();
                return;
            }
        }
        counts[slot] += count;
    }

    private int slot(long pattern) {
        int mask = patterns.length - 1;
        int slot = (int) ((pattern * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (counts[slot] != 0 && patterns[slot] != pattern) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] formerPatterns = patterns;
        double[] formerCounts = counts;
        patterns = new long[formerPatterns.length * 2];
        counts = new double[patterns.length];
        for (int i = 0; i < formerPatterns.length; i++) {
            if (formerCounts[i] != 0) {
                int slot = slot(formerPatterns[i]);
                patterns[slot] = formerPatterns[i];
                counts[slot] = formerCounts[i];
            }
        }
    }

    void addAll(PatternCounts others, double factor) {
        others.forEach((pattern, count) -> add(pattern, count * factor));
    }

    void forEach(Each each) {
        for (int i = 0; i < patterns.length; i++) {
            if (counts[i] != 0) {
                each.pattern(patterns[i], counts[i]);
            }
        }
    }

    int size() {
        return size;
    }
}
