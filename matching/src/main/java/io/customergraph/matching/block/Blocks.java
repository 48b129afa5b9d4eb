package io.customergraph.matching.block;

import io.customergraph.matching.population.Column;
import io.customergraph.matching.population.Population;

import java.util.Arrays;

/**
 * The records of each key of one rule.
 *
 * <p>Keys are numbered; a record without one has {@link #NONE}. Two keys with one 64-bit hash would
 * be taken for one, which costs a few needless comparisons.
 */
final class Blocks {

    static final int NONE = -1;

    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final int[] keys;
    private final int[] starts;
    private final int[] records;

    private Blocks(int[] keys, int count) {
        this.keys = keys;
        this.starts = new int[count + 1];
        for (int key : keys) {
            if (key != NONE) {
                starts[key + 1]++;
            }
        }
        for (int key = 0; key < count; key++) {
            starts[key + 1] += starts[key];
        }
        this.records = new int[starts[count]];
        int[] next = Arrays.copyOf(starts, count);
        for (int record = 0; record < keys.length; record++) {
            if (keys[record] != NONE) {
                records[next[keys[record]]++] = record;
            }
        }
    }

    static Blocks of(Population population, BlockingRule rule) {
        long[] hashes = new long[population.size()];
        boolean[] without = new boolean[population.size()];
        for (BlockingRule.Part part : rule.parts()) {
            Column column =
                    population.columns().stream()
                            .filter(candidate -> candidate.kind() == part.kind())
                            .findFirst()
                            .orElseThrow();
            long[] ofValues = hashes(column, part.part());
            for (int record = 0; record < hashes.length; record++) {
                int value = column.value(record);
                if (value == Column.NONE || ofValues[value] == 0) {
                    without[record] = true;
                } else if (rule.isUnordered()) {
                    hashes[record] += ofValues[value];
                } else {
                    hashes[record] = mix(hashes[record] * ODD + ofValues[value]);
                }
            }
        }
        int[] keys = new int[hashes.length];
        Numbering numbering = new Numbering(hashes.length);
        for (int record = 0; record < keys.length; record++) {
            keys[record] = without[record] ? NONE : numbering.of(hashes[record]);
        }
        return new Blocks(keys, numbering.count());
    }

    private static long[] hashes(Column column, KeyPart part) {
        long[] hashes = new long[column.size()];
        for (int value = 0; value < hashes.length; value++) {
            String text = part.of(column.kind(), column.distinct(value));
            hashes[value] = text == null ? 0 : hash(text);
        }
        return hashes;
    }

    private static long hash(String text) {
        long hash = ODD;
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash ^ text.charAt(i));
        }
        return hash == 0 ? 1 : hash;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 32;
    }

    int count() {
        return starts.length - 1;
    }

    int key(int record) {
        return keys[record];
    }

    int size(int key) {
        return starts[key + 1] - starts[key];
    }

    /** The records of a key, in their order. */
    int[] records(int key) {
        return Arrays.copyOfRange(records, starts[key], starts[key + 1]);
    }

    /** Gives each hash a number from 0. */
    private static final class Numbering {

        private final long[] hashes;
        private final int[] numbers;
        private final int mask;
        private int count;

        Numbering(int most) {
            int capacity = Integer.highestOneBit(Math.max(8, most) * 2 - 1) * 2;
            this.hashes = new long[capacity];
            this.numbers = new int[capacity];
            this.mask = capacity - 1;
        }

        int of(long hash) {
            int slot = (int) mix(hash) & mask;
            while (numbers[slot] != 0) {
                if (hashes[slot] == hash) {
                    return numbers[slot] - 1;
                }
                slot = slot + 1 & mask;
            }
            hashes[slot] = hash;
            numbers[slot] = ++count;
            return count - 1;
        }

        int count() {
            return count;
        }
    }
}
