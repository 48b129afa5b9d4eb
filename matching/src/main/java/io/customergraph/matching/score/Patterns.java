package io.customergraph.matching.score;

import io.customergraph.matching.compare.Prepared;
import io.customergraph.matching.compare.ValueComparator;
import io.customergraph.matching.population.Column;
import io.customergraph.matching.population.Population;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How pairs agree on all fields: four bits for each, 0 where one of the two has no value, else one
 * more than the level. Remembers what it compared last; used by one thread.
 */
final class Patterns {

    static final int BITS = 4;
    static final int MAX_FIELDS = Long.SIZE / BITS;

    private static final int REMEMBERED = 1 << 15;

    private final List<Column> columns;
    private final int[] @Nullable [] siblings;
    private final int[] siblingColumn;
    private final long[][] pairs;
    private final byte[][] levels;

    private Patterns(List<Column> columns, int[] @Nullable [] siblings, int[] siblingColumn) {
        this.columns = columns;
        this.siblings = siblings;
        this.siblingColumn = siblingColumn;
        this.pairs = new long[columns.size()][REMEMBERED];
        this.levels = new byte[columns.size()][REMEMBERED];
        for (long[] ofField : pairs) {
            Arrays.fill(ofField, -1);
        }
    }

    static Patterns of(Population population) {
        List<Column> columns = population.columns();
        if (columns.size() > MAX_FIELDS) {
            throw new IllegalArgumentException("At most " + MAX_FIELDS + " fields compare");
        }
        int[] siblingColumn = new int[columns.size()];
        int[] @Nullable [] siblings = new int[columns.size()][];
        for (int field = 0; field < columns.size(); field++) {
            siblingColumn[field] = siblingOf(columns, field);
            siblings[field] =
                    siblingColumn[field] < 0
                            ? null
                            : sameTerms(columns.get(field), columns.get(siblingColumn[field]));
        }
        return new Patterns(columns, siblings, siblingColumn);
    }

    /** For another thread. */
    Patterns fork() {
        return new Patterns(columns, siblings, siblingColumn);
    }

    private static int siblingOf(List<Column> columns, int field) {
        for (int other = 0; other < columns.size(); other++) {
            if (columns.get(other).kind() == columns.get(field).kind().sibling()) {
                return other;
            }
        }
        return -1;
    }

    /** For each value of a column the value of the other with the same term, or none. */
    private static int[] sameTerms(Column column, Column other) {
        Map<String, Integer> byTerm = HashMap.newHashMap(other.size());
        for (int value = 0; value < other.size(); value++) {
            byTerm.put(other.distinct(value).term(), value);
        }
        int[] same = new int[column.size()];
        for (int value = 0; value < same.length; value++) {
            same[value] = byTerm.getOrDefault(column.distinct(value).term(), Column.NONE);
        }
        return same;
    }

    long of(int a, int b) {
        long pattern = 0;
        for (int field = 0; field < siblingColumn.length; field++) {
            pattern |= (long) code(field, a, b) << (field * BITS);
        }
        return pattern;
    }

    /** 0 where the field of one has no value, else one more than the level. */
    int code(int field, int a, int b) {
        Column column = columns.get(field);
        int valueA = column.value(a);
        int valueB = column.value(b);
        if (valueA == Column.NONE || valueB == Column.NONE) {
            return 0;
        }
        if (valueA == valueB) {
            return 1;
        }
        int level = remembered(field, column, Math.min(valueA, valueB), Math.max(valueA, valueB));
        int swapped = column.comparator().swappedLevel();
        if (swapped >= 0 && level > swapped && isSwapped(field, a, b, valueA, valueB)) {
            level = swapped;
        }
        return level + 1;
    }

    private boolean isSwapped(int field, int a, int b, int valueA, int valueB) {
        int[] same = siblings[field];
        if (same == null) {
            return false;
        }
        Column sibling = columns.get(siblingColumn[field]);
        return (same[valueA] != Column.NONE && same[valueA] == sibling.value(b))
                || (same[valueB] != Column.NONE && same[valueB] == sibling.value(a));
    }

    private int remembered(int field, Column column, int low, int high) {
        long pair = ((long) low << Integer.SIZE) | high;
        int slot = (int) ((pair * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - 15));
        if (pairs[field][slot] == pair) {
            return levels[field][slot];
        }
        ValueComparator<Prepared> comparator = column.comparator();
        int level = comparator.compare(column.distinct(low), column.distinct(high));
        pairs[field][slot] = pair;
        levels[field][slot] = (byte) level;
        return level;
    }

    static int code(long pattern, int field) {
        return (int) (pattern >>> (field * BITS)) & ((1 << BITS) - 1);
    }
}
