package io.customergraph.matching.block;

import io.customergraph.matching.population.Column;
import io.customergraph.matching.population.Population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pairs that some rule brings together, each once, without keeping them.
 *
 * <p>A key of more than {@link #MAX_BLOCK} records is too common to tell anything alone: of its
 * records those are compared that agree on one more field. What is too common even so is left out
 * and counted. Of up to {@link #ALL_OF} records all pairs can be visited.
 */
public final class Candidates {

    /** The most records of one key that are all compared with each other. */
    public static final int MAX_BLOCK = 80;

    /** So few records are all compared with each other. */
    public static final int ALL_OF = 3_000;

    private static final int CHUNK = 4096;

    private final Population population;
    private final List<BlockingRule> rules;
    private final List<Blocks> blocks;
    private final AtomicLong leftOut = new AtomicLong();

    public Candidates(Population population, List<BlockingRule> rules) {
        this.population = population;
        this.rules = List.copyOf(rules);
        this.blocks = this.rules.parallelStream().map(rule -> Blocks.of(population, rule)).toList();
    }

    public List<BlockingRule> rules() {
        return rules;
    }

    /** Pairs left out so far because too many records share what they agree on. */
    public long leftOut() {
        return leftOut.get();
    }

    /**
     * Visits the pairs on all cores.
     *
     * @param share of the keys to visit, from above 0 to 1; which ones is always the same
     * @param visitor makes a visitor for each thread's part of the work
     * @return the visitors, to be summed up
     */
    public <V extends PairVisitor> List<V> visit(double share, Supplier<V> visitor) {
        leftOut.set(0);
        List<Part> parts = new ArrayList<>();
        for (int rule = 0; rule < blocks.size(); rule++) {
            for (int from = 0; from < blocks.get(rule).count(); from += CHUNK) {
                parts.add(new Part(rule, from, Math.min(from + CHUNK, blocks.get(rule).count())));
            }
        }
        int workers = Runtime.getRuntime().availableProcessors();
        return IntStream.range(0, workers)
                .parallel()
                .mapToObj(
                        worker -> {
                            V own = visitor.get();
                            for (int n = worker; n < parts.size(); n += workers) {
                                visit(parts.get(n), share, own);
                            }
                            return own;
                        })
                .toList();
    }

    /**
     * Visits what is to be scored: the pairs of {@link #visit}, or all there are where records are
     * few. A model is not trained on all of them, because agreement by chance would outnumber the
     * rest.
     */
    public <V extends PairVisitor> List<V> visitForScoring(Supplier<V> visitor) {
        if (population.size() > ALL_OF) {
            return visit(1, visitor);
        }
        leftOut.set(0);
        V all = visitor.get();
        visitEach(all);
        return List.of(all);
    }

    private void visitEach(PairVisitor visitor) {
        for (int a = 0; a < population.size(); a++) {
            for (int b = a + 1; b < population.size(); b++) {
                visitor.pair(a, b);
            }
        }
    }

    private record Part(int rule, int from, int to) {}

    private void visit(Part part, double share, PairVisitor visitor) {
        Blocks ofRule = blocks.get(part.rule);
        long threshold = (long) (share * Integer.MAX_VALUE);
        for (int key = part.from; key < part.to; key++) {
            int size = ofRule.size(key);
            if (size < 2 || (share < 1 && scatter(key) > threshold)) {
                continue;
            }
            int[] records = ofRule.records(key);
            if (size <= MAX_BLOCK) {
                visitAll(part.rule, records, visitor);
            } else {
                visitByOneMore(part.rule, records, visitor);
            }
        }
    }

    private static int scatter(int key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 33);
    }

    private void visitAll(int rule, int[] records, PairVisitor visitor) {
        for (int i = 0; i < records.length; i++) {
            for (int j = i + 1; j < records.length; j++) {
                if (!isOfEarlierRule(rule, records[i], records[j])) {
                    visitor.pair(records[i], records[j]);
                }
            }
        }
    }

    /** Whether an earlier rule brought the pair together already. */
    private boolean isOfEarlierRule(int rule, int a, int b) {
        for (int earlier = 0; earlier < rule; earlier++) {
            Blocks other = blocks.get(earlier);
            int key = other.key(a);
            if (key != Blocks.NONE && key == other.key(b) && other.size(key) <= MAX_BLOCK) {
                return true;
            }
        }
        return false;
    }

    private void visitByOneMore(int rule, int[] records, PairVisitor visitor) {
        List<Column> further =
                population.columns().stream()
                        .filter(column -> !isOf(rules.get(rule), column))
                        .toList();
        for (int n = 0; n < further.size(); n++) {
            int field = n;
            long[] byValue =
                    Arrays.stream(records)
                            .filter(record -> further.get(field).value(record) != Column.NONE)
                            .mapToLong(
                                    record ->
                                            ((long) further.get(field).value(record) << 32)
                                                    | record)
                            .sorted()
                            .toArray();
            for (int from = 0; from < byValue.length; ) {
                int to = from + 1;
                while (to < byValue.length && byValue[to] >>> 32 == byValue[from] >>> 32) {
                    to++;
                }
                if (to - from <= MAX_BLOCK) {
                    visitRun(rule, byValue, from, to, further.subList(0, field), visitor);
                } else {
                    long size = (long) to - from;
                    leftOut.addAndGet(size * (size - 1) / 2);
                }
                from = to;
            }
        }
    }

    private void visitRun(
            int rule, long[] byValue, int from, int to, List<Column> earlier, PairVisitor visitor) {
        for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
                int a = (int) byValue[i];
                int b = (int) byValue[j];
                if (!agreeOnAny(earlier, a, b) && !isOfEarlierRule(rule, a, b)) {
                    visitor.pair(a, b);
                }
            }
        }
    }

    private static boolean agreeOnAny(List<Column> columns, int a, int b) {
        for (Column column : columns) {
            int value = column.value(a);
            if (value != Column.NONE && value == column.value(b)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(BlockingRule rule, Column column) {
        return Stream.of(rule)
                .flatMap(of -> of.parts().stream())
                .anyMatch(part -> part.kind() == column.kind());
    }
}
