package io.customergraph.matching.population;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.compare.Prepared;
import io.customergraph.matching.compare.ValueComparator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Takes records in chunks, and normalises the columns of a chunk beside each other. */
public final class PopulationBuilder {

    private final List<ColumnBuilder> columns = new ArrayList<>();
    private int size;

    /**
     * Of records with these fields.
     *
     * @param names what the source calls them, in the order of kinds
     */
    public PopulationBuilder(List<String> names, List<FieldKind> kinds, FieldKind.Reading reading) {
        for (int i = 0; i < kinds.size(); i++) {
            columns.add(new ColumnBuilder(names.get(i), kinds.get(i), reading));
        }
    }

    /** Adds records, each with a text or null for every field. */
    public void add(List<@Nullable String[]> records) {
        IntStream.range(0, columns.size())
                .parallel()
                .forEach(field -> columns.get(field).add(records, field));
        size += records.size();
    }

    /** The records so far. */
    public Population build() {
        return new Population(
                size, columns.parallelStream().map(column -> column.build(size)).toList());
    }

    /** How many values of each field had text and nothing in it to compare. */
    public List<Integer> unusable() {
        return columns.stream().map(column -> column.unusable).toList();
    }

    private static final class ColumnBuilder {

        private final String name;
        private final FieldKind kind;
        private final ValueComparator<Prepared> comparator;
        private final Map<String, Integer> byText = new HashMap<>();
        private final Map<String, Integer> byTerm = new HashMap<>();
        private final List<Prepared> distinct = new ArrayList<>();
        private int[] values = new int[1024];
        private int added;
        private int unusable;

        @SuppressWarnings("unchecked") // What a comparator prepares is what it compares.
        ColumnBuilder(String name, FieldKind kind, FieldKind.Reading reading) {
            this.name = name;
            this.kind = kind;
            this.comparator = (ValueComparator<Prepared>) kind.comparator(reading);
        }

        void add(List<@Nullable String[]> records, int field) {
            if (added + records.size() > values.length) {
                values = Arrays.copyOf(values, Math.max(values.length * 2, added + records.size()));
            }
            for (@Nullable String[] record : records) {
                values[added++] = value(record[field]);
            }
        }

        private int value(@Nullable String text) {
            if (text == null || text.isBlank()) {
                return Column.NONE;
            }
            Integer known = byText.get(text);
            int value = known != null ? known : newText(text);
            if (value == Column.NONE) {
                unusable++;
            }
            return value;
        }

        private int newText(String text) {
            Prepared prepared = comparator.prepare(text);
            int value = Column.NONE;
            if (prepared != null) {
                Integer known = byTerm.putIfAbsent(prepared.term(), distinct.size());
                value = known != null ? known : distinct.size();
                if (known == null) {
                    distinct.add(prepared);
                }
            }
            byText.put(text, value);
            return value;
        }

        Column build(int size) {
            return new Column(name, kind, comparator, Arrays.copyOf(values, size), distinct);
        }
    }
}
