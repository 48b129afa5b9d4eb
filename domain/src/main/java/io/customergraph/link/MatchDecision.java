package io.customergraph.link;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** A decision about who is whom. */
public record MatchDecision(
        UUID id,
        String kind,
        UUID customerId,
        @Nullable UUID otherCustomerId,
        @Nullable String recordType,
        @Nullable UUID recordId,
        String rule,
        String actor,
        @Nullable String reason,
        Instant decidedAt,
        @Nullable Instant withdrawnAt,
        @Nullable String withdrawnBy) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static MatchDecision read(Readable row) {
        return new MatchDecision(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.id(row, 3),
                Row.idOrNull(row, 4),
                Row.textOrNull(row, 5),
                Row.idOrNull(row, 6),
                Row.text(row, 7),
                Row.text(row, 8),
                Row.textOrNull(row, 9),
                Row.time(row, 10),
                Row.timeOrNull(row, 11),
                Row.textOrNull(row, 12));
    }
}
