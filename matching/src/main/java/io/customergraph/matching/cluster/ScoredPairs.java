package io.customergraph.matching.cluster;

import io.customergraph.matching.block.Candidates;
import io.customergraph.matching.block.PairVisitor;
import io.customergraph.matching.score.Scorer;

import java.util.Arrays;
import java.util.List;

/** The candidates whose odds reach a floor, the likeliest first; equal ones in a fixed order. */
public final class ScoredPairs {

    /** Odds are told apart to a thousandth of a bit. */
    private static final int STEPS = 1000;

    private final long[] pairs;
    private final float[] bits;
    private final long seen;

    private ScoredPairs(long[] pairs, float[] bits, long seen) {
        this.pairs = pairs;
        this.bits = bits;
        this.seen = seen;
    }

    /**
     * Scores candidates on all cores.
     *
     * @param floor the least odds to keep a pair, in bits
     */
    public static ScoredPairs of(Candidates candidates, Scorer scorer, double floor) {
        List<Keeper> keepers = candidates.visitForScoring(() -> new Keeper(scorer.fork(), floor));
        int size = keepers.stream().mapToInt(keeper -> keeper.size).sum();
        long[] pairs = new long[size];
        float[] bits = new float[size];
        int at = 0;
        long seen = 0;
        for (Keeper keeper : keepers) {
            System.arraycopy(keeper.pairs, 0, pairs, at, keeper.size);
            System.arraycopy(keeper.bits, 0, bits, at, keeper.size);
            at += keeper.size;
            seen += keeper.seen;
        }
        return sorted(pairs, bits, seen);
    }

    /** Sorts by one long each, odds before index, so that many pairs take little memory. */
    private static ScoredPairs sorted(long[] pairs, float[] bits, long seen) {
        long[] keys = new long[pairs.length];
        for (int i = 0; i < keys.length; i++) {
            int step = (int) Math.clamp(bits[i] * STEPS, -Integer.MAX_VALUE, Integer.MAX_VALUE);
            keys[i] = ((long) -step << Integer.SIZE) | i;
        }
        Arrays.parallelSort(keys);
        long[] sortedPairs = new long[keys.length];
        float[] sortedBits = new float[keys.length];
        for (int from = 0; from < keys.length; ) {
            int to = from;
            while (to < keys.length && keys[to] >> Integer.SIZE == keys[from] >> Integer.SIZE) {
                sortedPairs[to] = pairs[(int) keys[to]];
                to++;
            }
            Arrays.sort(sortedPairs, from, to);
            Arrays.fill(sortedBits, from, to, -(keys[from] >> Integer.SIZE) / (float) STEPS);
            from = to;
        }
        return new ScoredPairs(sortedPairs, sortedBits, seen);
    }

    public int size() {
        return pairs.length;
    }

    /** How many candidates were scored. */
    public long seen() {
        return seen;
    }

    /** One record of a pair; the other is {@link #b}. */
    public int a(int pair) {
        return (int) (pairs[pair] >>> Integer.SIZE);
    }

    public int b(int pair) {
        return (int) pairs[pair];
    }

    /** The odds of a pair, in bits. */
    public float bits(int pair) {
        return bits[pair];
    }

    private static final class Keeper implements PairVisitor {

        private final Scorer scorer;
        private final double floor;
        private long[] pairs = new long[1024];
        private float[] bits = new float[1024];
        private int size;
        private long seen;

        Keeper(Scorer scorer, double floor) {
            this.scorer = scorer;
            this.floor = floor;
        }

        @Override
        public void pair(int a, int b) {
            seen++;
            double odds = scorer.bits(a, b);
            if (odds < floor) {
                return;
            }
            if (size == pairs.length) {
                pairs = Arrays.copyOf(pairs, size * 2);
                bits = Arrays.copyOf(bits, size * 2);
            }
            pairs[size] = ((long) Math.min(a, b) << Integer.SIZE) | Math.max(a, b);
            bits[size] = (float) odds;
            size++;
        }
    }
}
