package io.customergraph.integration;

import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;

/** Writes calls down, and counts them by the hour. */
public final class CallLog {

    /** The counts are added in one order, so that nodes never wait for each other in a circle. */
    private static final String WRITE =
            """
            WITH calls AS MATERIALIZED (
                SELECT r.*
                FROM json_to_recordset(:rows::json) AS r (
                    id uuid, connection_id uuid, method text, host text, path text, status integer,
                    problem text, attempt integer, duration_ms bigint, correlation_id text,
                    occurred_at timestamptz)),
            written AS (
                INSERT INTO integration_api_logs (
                    tenant_id, id, connection_id, method, host, path, status, problem, attempt,
                    duration_ms, correlation_id, occurred_at)
                SELECT :tenant, id, connection_id, method, left(host, 253), left(path, 300), status,
                       problem, attempt, least(duration_ms, 2147483647)::integer, correlation_id,
                       occurred_at
                FROM calls),
            hours AS MATERIALIZED (
                SELECT connection_id, date_trunc('hour', occurred_at, 'UTC') AS hour,
                       count(*) AS calls,
                       count(*) FILTER (WHERE status IS NULL OR status >= 400) AS failures,
                       count(*) FILTER (WHERE status = 429) AS rate_limited,
                       sum(duration_ms)::bigint AS duration_ms, max(duration_ms) AS longest_ms
                FROM calls
                GROUP BY 1, 2),
            counts AS MATERIALIZED (
                SELECT connection_id, hour, 'api_call' AS metric, calls, failures, duration_ms,
                       longest_ms
                FROM hours
                UNION ALL
                SELECT connection_id, hour, 'rate_limited', rate_limited, 0, 0, 0
                FROM hours
                WHERE rate_limited > 0
                ORDER BY connection_id, hour, metric)
            SELECT record_integration_metric(:tenant, c.connection_id, c.metric, c.hour, c.calls,
                                             c.failures, c.duration_ms, c.longest_ms)
            FROM counts c
            """;

    private final DatabaseClient database;

    public CallLog(DatabaseClient database) {
        this.database = database;
    }

    /** Writes calls of the tenant of the context, in one statement. */
    public Mono<Void> write(List<LoggedCall> calls) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(WRITE)
                                        .bind("tenant", tenant.value())
                                        .bind("rows", JsonRows.of(calls))
                                        .then());
    }
}
