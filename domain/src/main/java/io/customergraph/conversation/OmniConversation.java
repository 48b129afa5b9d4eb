package io.customergraph.conversation;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** A conversation on one channel. */
public record OmniConversation(
        UUID id,
        @Nullable UUID customerId,
        String sourceType,
        String sourceAccount,
        String externalId,
        @Nullable String customerExternalId,
        @Nullable String customerName,
        @Nullable String customerEmail,
        @Nullable String customerPhone,
        String channel,
        @Nullable String channelIdentity,
        String status,
        @Nullable String subject,
        Instant firstMessageAt,
        Instant lastMessageAt,
        int messageCount,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static OmniConversation read(Readable row) {
        return new OmniConversation(
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
                Row.textOrNull(row, 11),
                Row.text(row, 12),
                Row.textOrNull(row, 13),
                Row.time(row, 14),
                Row.time(row, 15),
                Row.number(row, 16),
                Row.time(row, 17),
                Row.time(row, 18));
    }
}
