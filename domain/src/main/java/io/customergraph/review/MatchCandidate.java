package io.customergraph.review;

import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Two customers that may be one person.
 *
 * @param probability that they are one; null until they were compared
 * @param expectedValue records that a decision is expected to bring to their customer: the
 *     probability times the records of the smaller side
 * @param decidedBy the guard or threshold that keeps them from being merged; null until compared
 */
public record MatchCandidate(
        UUID id,
        UUID customerId,
        UUID otherCustomerId,
        String reason,
        String status,
        @Nullable Double probability,
        double expectedValue,
        @Nullable String decidedBy,
        @Nullable String model,
        Instant foundAt,
        @Nullable Instant scoredAt,
        @Nullable Instant closedAt,
        @Nullable String closedBy,
        @Nullable String closedReason) {

    /** Reads a row whose columns are {@code parent} and then these, in this order. */
    static MatchCandidate read(Readable row) {
        return new MatchCandidate(
                Row.id(row, 1),
                Row.id(row, 2),
                Row.id(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                row.get(6, Double.class),
                Objects.requireNonNull(row.get(7, Double.class)),
                Row.textOrNull(row, 8),
                Row.textOrNull(row, 9),
                Row.time(row, 10),
                Row.timeOrNull(row, 11),
                Row.timeOrNull(row, 12),
                Row.textOrNull(row, 13),
                Row.textOrNull(row, 14));
    }
}
