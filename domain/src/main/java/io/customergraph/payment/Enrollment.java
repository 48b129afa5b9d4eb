package io.customergraph.payment;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A person's place in a program or course. */
public record Enrollment(
        UUID id,
        @Nullable UUID customerId,
        String sourceType,
        String sourceAccount,
        String externalId,
        @Nullable String customerExternalId,
        @Nullable String customerName,
        @Nullable String customerEmail,
        @Nullable String customerPhone,
        String program,
        String status,
        @Nullable BigDecimal price,
        @Nullable String currency,
        Instant enrolledAt,
        @Nullable Instant completedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static Enrollment read(Readable row) {
        return new Enrollment(
                Row.id(row, 1),
                Row.idOrNull(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.textOrNull(row, 8),
                Row.textOrNull(row, 9),
                Row.text(row, 10),
                Row.text(row, 11),
                Row.decimalOrNull(row, 12),
                Row.textOrNull(row, 13),
                Row.time(row, 14),
                Row.timeOrNull(row, 15),
                Row.time(row, 16),
                Row.time(row, 17));
    }
}
