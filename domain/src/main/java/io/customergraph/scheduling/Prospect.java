package io.customergraph.scheduling;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** Somebody who may become a customer. */
public record Prospect(
        UUID id,
        @Nullable UUID customerId,
        String sourceType,
        String sourceAccount,
        String externalId,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String company,
        String status,
        @Nullable String campaign,
        @Nullable String notes,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static Prospect read(Readable row) {
        return new Prospect(
                Row.id(row, 1),
                Row.idOrNull(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.textOrNull(row, 8),
                Row.textOrNull(row, 9),
                Row.textOrNull(row, 10),
                Row.text(row, 11),
                Row.textOrNull(row, 12),
                Row.textOrNull(row, 13),
                Row.time(row, 14),
                Row.time(row, 15));
    }
}
