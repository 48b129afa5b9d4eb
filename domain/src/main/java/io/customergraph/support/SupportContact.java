package io.customergraph.support;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Somebody whom a helpdesk knows. */
public record SupportContact(
        UUID id,
        @Nullable UUID customerId,
        String sourceType,
        String sourceAccount,
        String externalId,
        @Nullable String name,
        @Nullable String email,
        List<String> otherEmails,
        @Nullable String phone,
        @Nullable String mobile,
        @Nullable String language,
        boolean isActive,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static SupportContact read(Readable row) {
        return new SupportContact(
                Row.id(row, 1),
                Row.idOrNull(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.texts(row, 8),
                Row.textOrNull(row, 9),
                Row.textOrNull(row, 10),
                Row.textOrNull(row, 11),
                Row.flag(row, 12),
                Row.time(row, 13),
                Row.time(row, 14));
    }
}
