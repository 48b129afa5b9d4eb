package io.customergraph.integration;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt of a call to a provider, as it was written down: no query, header or body of it.
 *
 * @param path a template, with names in place of ids
 * @param status null where no answer came
 * @param problem why none came, as a code; null where one did
 * @param attempt 1 for the first
 */
public record ApiCall(
        UUID id,
        UUID connectionId,
        String method,
        String host,
        String path,
        @Nullable Integer status,
        @Nullable String problem,
        int attempt,
        int durationMs,
        @Nullable String correlationId,
        Instant occurredAt) {

    static final String COLUMNS =
            """
             l.id, l.connection_id, l.method, l.host, l.path, l.status, l.problem, l.attempt,
             l.duration_ms, l.correlation_id, l.occurred_at
            """;

    /** A connection's calls, the newest first. */
    public static final Connection<ApiCall> OF_CONNECTION =
            Connection.newestFirst(
                    "IntegrationConnection.apiCalls",
                    "SELECT p.id,"
                            + COLUMNS
                            + """
                            FROM unnest($2::uuid[]) AS p (id)
                            CROSS JOIN LATERAL (
                                SELECT * FROM integration_api_logs
                                WHERE tenant_id = $1 AND connection_id = p.id
                                  AND (occurred_at, id) %1$s ($3, $4)
                                ORDER BY occurred_at %2$s, id %2$s
                                LIMIT $5) AS l
                            """,
                    """
                    SELECT p.id, (SELECT count(*) FROM integration_api_logs
                                  WHERE tenant_id = $1 AND connection_id = p.id)
                    FROM unnest($2::uuid[]) AS p (id)
                    """,
                    ApiCall::read,
                    ApiCall::occurredAt,
                    ApiCall::id);

    /** What came of it. */
    public CallOutcome outcome() {
        return CallOutcome.of(status);
    }

    /** Reads a row whose columns are any one and then {@link #COLUMNS}. */
    static ApiCall read(Readable row) {
        return new ApiCall(
                Row.id(row, 1),
                Row.id(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.numberOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.number(row, 8),
                Row.number(row, 9),
                Row.textOrNull(row, 10),
                Row.time(row, 11));
    }
}
