package io.customergraph.customer;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import java.time.Instant;

/** What a person agreed to or declined, as one source recorded it. */
public record CustomerConsent(
        String channel, String purpose, String state, String sourceType, Instant recordedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static CustomerConsent read(Readable row) {
        return new CustomerConsent(
                Row.text(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.time(row, 5));
    }
}
