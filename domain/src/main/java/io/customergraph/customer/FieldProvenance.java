package io.customergraph.customer;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import java.time.Instant;

/** Where the value of one field of the profile came from. */
public record FieldProvenance(
        String field, String value, String sourceType, String assurance, Instant observedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static FieldProvenance read(Readable row) {
        return new FieldProvenance(
                Row.text(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.time(row, 5));
    }
}
