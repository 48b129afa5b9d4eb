package io.customergraph.delivery;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A delivery as its receiver may see it, without its body.
 *
 * @param status as {@code integration_events} has it, in lower case
 * @param nextAttemptAt null where there is no further attempt
 * @param errorCode why the last attempt failed, or why nothing was done; null where it is applied
 */
public record IntegrationEvent(
        UUID id,
        UUID connectionId,
        String deliveryId,
        String topic,
        String status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        long bodyBytes,
        boolean hasBody,
        @Nullable String contentType,
        Instant receivedAt,
        @Nullable Instant occurredAt,
        @Nullable Instant processedAt,
        @Nullable Instant replayedAt,
        @Nullable String errorCode,
        @Nullable String error) {

    static final String COLUMNS =
            """
            e.id, e.connection_id, e.delivery_id, e.topic, e.status, e.attempts,
            CASE WHEN e.status IN ('received', 'failed') THEN e.next_attempt_at END, e.body_bytes,
            e.body_ref IS NOT NULL, e.content_type, e.received_at, e.occurred_at, e.processed_at,
            e.replayed_at, e.error_code, e.error
            """;

    public static final Lookup<IntegrationEvent> LOOKUP =
            new Lookup<>(
                    "IntegrationEvent",
                    "SELECT e.id, "
                            + COLUMNS
                            + "FROM integration_events e"
                            + " WHERE e.tenant_id = $1 AND e.id = ANY ($2)",
                    IntegrationEvent::read);

    private static final String PAGE_BY_CONNECTION =
            "SELECT p.id, "
                    + COLUMNS
                    + """
                    FROM unnest($2::uuid[]) AS p (id)
                    CROSS JOIN LATERAL (
                        SELECT * FROM integration_events
                        WHERE tenant_id = $1 AND connection_id = p.id
                          AND (received_at, id) %1$s ($3, $4)
                        ORDER BY received_at %2$s, id %2$s
                        LIMIT $5) AS e
                    """;

    private static final String COUNT_BY_CONNECTION =
            """
            SELECT p.id, (SELECT count(*) FROM integration_events
                          WHERE tenant_id = $1 AND connection_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    /** A connection's deliveries, the newest first. */
    public static final Connection<IntegrationEvent> OF_CONNECTION =
            Connection.newestFirst(
                    "IntegrationConnection.events",
                    PAGE_BY_CONNECTION,
                    COUNT_BY_CONNECTION,
                    IntegrationEvent::read,
                    IntegrationEvent::receivedAt,
                    IntegrationEvent::id);

    /** Reads a row whose columns are the parent and then {@link #COLUMNS}. */
    static IntegrationEvent read(Readable row) {
        return new IntegrationEvent(
                Row.id(row, 1),
                Row.id(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.number(row, 6),
                Row.timeOrNull(row, 7),
                Row.bigNumber(row, 8),
                Row.flag(row, 9),
                Row.textOrNull(row, 10),
                Row.time(row, 11),
                Row.timeOrNull(row, 12),
                Row.timeOrNull(row, 13),
                Row.timeOrNull(row, 14),
                Row.textOrNull(row, 15),
                Row.textOrNull(row, 16));
    }
}
