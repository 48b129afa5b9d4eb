package io.customergraph.matching.population;

import java.util.List;

/**
 * Records to be compared, by their numbers from 0.
 *
 * @param size how many records
 * @param columns what is known of them
 */
public record Population(int size, List<Column> columns) {

    public Population {
        columns = List.copyOf(columns);
    }

    /** How many pairs of records there are. */
    public double pairs() {
        return (double) size * (size - 1) / 2;
    }
}
