package io.customergraph.conversation;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** A message of a conversation. */
public record OmniMessage(
        UUID id,
        UUID conversationId,
        String externalId,
        String direction,
        String contentType,
        @Nullable String body,
        @Nullable String status,
        Instant sentAt) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static OmniMessage read(Readable row) {
        return new OmniMessage(
                Row.id(row, 1),
                Row.id(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.time(row, 8));
    }
}
