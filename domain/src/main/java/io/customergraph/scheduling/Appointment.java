package io.customergraph.scheduling;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** An appointment. */
public record Appointment(
        UUID id,
        @Nullable UUID customerId,
        String sourceType,
        String sourceAccount,
        String externalId,
        @Nullable String customerExternalId,
        @Nullable String customerName,
        @Nullable String customerEmail,
        @Nullable String customerPhone,
        @Nullable String service,
        Instant appointmentDate,
        @Nullable Integer durationMinutes,
        String status,
        @Nullable String location,
        @Nullable String staffName,
        @Nullable String notes,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static Appointment read(Readable row) {
        return new Appointment(
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
                Row.time(row, 11),
                Row.numberOrNull(row, 12),
                Row.text(row, 13),
                Row.textOrNull(row, 14),
                Row.textOrNull(row, 15),
                Row.textOrNull(row, 16),
                Row.time(row, 17),
                Row.time(row, 18));
    }
}
