package io.customergraph.matching.cluster;

import io.customergraph.matching.score.Scorer;

/** Which records are one person's. */
public final class Clusters {

    /** Pairs between two groups that are looked at before they are joined. */
    private static final int LOOKED_AT = 64;

    /** The most that one pair speaks for or against joining, in bits. */
    private static final double MOST = 12;

    /** The least odds of two groups, in bits, that serves well whatever the records. */
    public static final double AGREEMENT = -2;

    private final int[] parent;
    private final int[] next;
    private final int[] sizes;

    private Clusters(int records) {
        this.parent = new int[records];
        this.next = new int[records];
        this.sizes = new int[records];
        for (int record = 0; record < records; record++) {
            parent[record] = record;
            next[record] = record;
            sizes[record] = 1;
        }
    }

    /**
     * Puts records together.
     *
     * @param pairs the likeliest first
     * @param threshold the least odds of a pair to begin with, in bits
     */
    public static Clusters of(int records, ScoredPairs pairs, Scorer scorer, double threshold) {
        Clusters clusters = new Clusters(records);
        for (int pair = 0; pair < pairs.size() && pairs.bits(pair) >= threshold; pair++) {
            int a = clusters.of(pairs.a(pair));
            int b = clusters.of(pairs.b(pair));
            if (a != b
                    && ((clusters.sizes[a] == 1 && clusters.sizes[b] == 1)
                            || clusters.agree(a, b, scorer))) {
                clusters.join(a, b);
            }
        }
        return clusters;
    }

    /** The number of a record's group: the same for all of it. */
    public int of(int record) {
        int root = record;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    private boolean agree(int a, int b, Scorer scorer) {
        long pairs = (long) sizes[a] * sizes[b];
        long step = Math.max(1, pairs / LOOKED_AT);
        double sum = 0;
        int looked = 0;
        int recordA = a;
        int recordB = b;
        long position = 0;
        for (long pair = 0; pair < pairs && looked < LOOKED_AT; pair += step) {
            while (position < pair) {
                recordB = next[recordB];
                if (recordB == b) {
                    recordA = next[recordA];
                }
                position++;
            }
            sum += Math.clamp(scorer.bits(recordA, recordB), -MOST, MOST);
            looked++;
        }
        return sum / looked >= AGREEMENT;
    }

    private void join(int a, int b) {
        int large = sizes[a] >= sizes[b] ? a : b;
        int small = large == a ? b : a;
        parent[small] = large;
        sizes[large] += sizes[small];
        int after = next[large];
        next[large] = next[small];
        next[small] = after;
    }
}
