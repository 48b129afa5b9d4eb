package io.customergraph.support;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A support ticket. */
public record SupportTicket(
        UUID id,
        @Nullable UUID customerId,
        String sourceType,
        String sourceAccount,
        String externalId,
        @Nullable String customerExternalId,
        @Nullable String customerName,
        @Nullable String customerEmail,
        @Nullable String customerPhone,
        @Nullable String subject,
        @Nullable String description,
        String status,
        @Nullable String priority,
        @Nullable String channel,
        List<String> tags,
        @Nullable Instant dueAt,
        @Nullable Instant resolvedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static SupportTicket read(Readable row) {
        return new SupportTicket(
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
                Row.textOrNull(row, 11),
                Row.text(row, 12),
                Row.textOrNull(row, 13),
                Row.textOrNull(row, 14),
                Row.texts(row, 15),
                Row.timeOrNull(row, 16),
                Row.timeOrNull(row, 17),
                Row.time(row, 18),
                Row.time(row, 19));
    }
}
