package io.customergraph.integration;

import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Adds up what was counted by the hour: a page of hours or days in one statement, for any number of
 * connections. An hour in which nothing happened has zeros.
 */
public final class IntegrationMetrics {

    private static final String SUMS =
            """
                   coalesce(sum(m.count) FILTER (WHERE m.metric = 'api_call'), 0)::bigint,
                   coalesce(sum(m.failures) FILTER (WHERE m.metric = 'api_call'), 0)::bigint,
                   coalesce(sum(m.count) FILTER (WHERE m.metric = 'rate_limited'), 0)::bigint,
                   (sum(m.duration_ms) FILTER (WHERE m.metric = 'api_call')
                    / nullif(sum(m.count) FILTER (WHERE m.metric = 'api_call'), 0))::bigint,
                   max(m.longest_ms) FILTER (WHERE m.metric = 'api_call'),
                   coalesce(sum(m.count) FILTER (WHERE m.metric = 'event'), 0)::bigint,
                   coalesce(sum(m.failures) FILTER (WHERE m.metric = 'event'), 0)::bigint,
                   (sum(m.duration_ms) FILTER (WHERE m.metric = 'event')
                    / nullif(sum(m.count) FILTER (WHERE m.metric = 'event'), 0))::bigint,
                   max(m.longest_ms) FILTER (WHERE m.metric = 'event')
            """;

    static final String OF_TENANT =
            "SELECT date_bin(make_interval(secs => :length), m.hour, 'epoch'),"
                    + SUMS
                    + """
                    FROM integration_metrics_hourly m
                    WHERE m.tenant_id = :tenant AND m.hour >= :from AND m.hour < :to
                    GROUP BY 1
                    """;

    /** Each connection by itself, since one index range for each is all that is read. */
    static final String OF_CONNECTIONS =
            "SELECT s.* FROM unnest(:connections::uuid[]) AS p (id) CROSS JOIN LATERAL (SELECT"
                    + " date_bin(make_interval(secs => :length), m.hour, 'epoch'),"
                    + SUMS
                    + """
                    , p.id
                    FROM integration_metrics_hourly m
                    WHERE m.tenant_id = :tenant AND m.connection_id = p.id
                      AND m.hour >= :from AND m.hour < :to
                    GROUP BY 1) AS s
                    """;

    private final DatabaseClient database;

    public IntegrationMetrics(DatabaseClient database) {
        this.database = database;
    }

    /** Of all connections of the tenant together: up to one more than the page's limit. */
    public Mono<List<IntegrationMetric>> ofTenant(MetricSpans spans, PageRequest page) {
        List<Instant> starts = spans.page(page);
        if (starts.isEmpty()) {
            return Mono.just(List.of());
        }
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                bind(database.sql(OF_TENANT), tenant, starts, spans.length())
                                        .map(row -> read(row, spans.length()))
                                        .all()
                                        .collectMap(IntegrationMetric::from))
                .map(found -> filled(starts, found, spans.length()));
    }

    /** Of each connection: up to one more than the page's limit. One without any has zeros too. */
    public Mono<Map<UUID, List<IntegrationMetric>>> ofConnections(
            Collection<UUID> connections, MetricSpans spans, PageRequest page) {
        List<Instant> starts = spans.page(page);
        if (starts.isEmpty()) {
            return Mono.just(Map.of());
        }
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                bind(database.sql(OF_CONNECTIONS), tenant, starts, spans.length())
                                        .bind("connections", connections.toArray(UUID[]::new))
                                        .map(
                                                row ->
                                                        new Of(
                                                                Row.id(row, 10),
                                                                read(row, spans.length())))
                                        .all()
                                        .collectList())
                .map(found -> byConnection(connections, starts, found, spans.length()));
    }

    private record Of(UUID connection, IntegrationMetric metric) {}

    private static GenericExecuteSpec bind(
            GenericExecuteSpec statement, TenantId tenant, List<Instant> starts, Duration length) {
        Instant one = starts.getFirst();
        Instant other = starts.getLast();
        return statement
                .bind("tenant", tenant.value())
                .bind("length", (double) length.toSeconds())
                .bind("from", one.isBefore(other) ? one : other)
                .bind("to", (one.isBefore(other) ? other : one).plus(length));
    }

    private static Map<UUID, List<IntegrationMetric>> byConnection(
            Collection<UUID> connections, List<Instant> starts, List<Of> found, Duration length) {
        Map<UUID, Map<Instant, IntegrationMetric>> byStart = new HashMap<>();
        found.forEach(
                of ->
                        byStart.computeIfAbsent(of.connection(), _ -> new HashMap<>())
                                .put(of.metric().from(), of.metric()));
        Map<UUID, List<IntegrationMetric>> filled = HashMap.newHashMap(connections.size());
        connections.forEach(
                id -> filled.put(id, filled(starts, byStart.getOrDefault(id, Map.of()), length)));
        return filled;
    }

    private static List<IntegrationMetric> filled(
            List<Instant> starts, Map<Instant, IntegrationMetric> found, Duration length) {
        return starts.stream()
                .map(
                        start ->
                                found.getOrDefault(
                                        start,
                                        IntegrationMetric.nothing(start, start.plus(length))))
                .toList();
    }

    private static IntegrationMetric read(Readable row, Duration length) {
        Instant start = Row.time(row, 0);
        return new IntegrationMetric(
                start,
                start.plus(length),
                Row.bigNumber(row, 1),
                Row.bigNumber(row, 2),
                Row.bigNumber(row, 3),
                Row.bigNumberOrNull(row, 4),
                Row.bigNumberOrNull(row, 5),
                Row.bigNumber(row, 6),
                Row.bigNumber(row, 7),
                Row.bigNumberOrNull(row, 8),
                Row.bigNumberOrNull(row, 9));
    }
}
