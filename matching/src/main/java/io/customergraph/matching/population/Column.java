package io.customergraph.matching.population;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.compare.Prepared;
import io.customergraph.matching.compare.ValueComparator;

import java.util.List;

/** One field of all records. */
public final class Column {

    /** Stands for a value where a record has none. */
    public static final int NONE = -1;

    private final String name;
    private final FieldKind kind;
    private final ValueComparator<Prepared> comparator;
    private final int[] values;
    private final List<Prepared> distinct;
    private final int[] counts;
    private final int present;

    Column(
            String name,
            FieldKind kind,
            ValueComparator<Prepared> comparator,
            int[] values,
            List<Prepared> distinct) {
        this.name = name;
        this.kind = kind;
        this.comparator = comparator;
        this.values = values;
        this.distinct = distinct;
        this.counts = new int[distinct.size()];
        int found = 0;
        for (int value : values) {
            if (value != NONE) {
                counts[value]++;
                found++;
            }
        }
        this.present = found;
    }

    /** What the source calls it. */
    public String name() {
        return name;
    }

    public FieldKind kind() {
        return kind;
    }

    public ValueComparator<Prepared> comparator() {
        return comparator;
    }

    /** The record's value, as an index of distinct values; {@link #NONE} where there is none. */
    public int value(int record) {
        return values[record];
    }

    /** How many distinct values there are. */
    public int size() {
        return distinct.size();
    }

    public Prepared distinct(int value) {
        return distinct.get(value);
    }

    /** How many records have the value. */
    public int count(int value) {
        return counts[value];
    }

    /** How many records have any value. */
    public int present() {
        return present;
    }

    /** How often two records, each with a value, have the same one by drawing two at random. */
    public double chanceOfSameValue() {
        double same = 0;
        for (int count : counts) {
            same += (double) count * (count - 1);
        }
        return present < 2 ? 0 : same / ((double) present * (present - 1));
    }
}
