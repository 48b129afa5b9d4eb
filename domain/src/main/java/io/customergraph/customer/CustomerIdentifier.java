package io.customergraph.customer;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A value that a customer is or was known by. */
public record CustomerIdentifier(
        String kind,
        String scope,
        String value,
        String assurance,
        boolean isGeneric,
        String sourceType,
        Instant validFrom,
        @Nullable Instant validTo) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    public static CustomerIdentifier read(Readable row) {
        return new CustomerIdentifier(
                Row.text(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.flag(row, 5),
                Row.text(row, 6),
                Row.time(row, 7),
                Row.timeOrNull(row, 8));
    }
}
