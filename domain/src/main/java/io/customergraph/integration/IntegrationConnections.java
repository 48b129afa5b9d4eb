package io.customergraph.integration;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Lists the tenant's connections, the newest first. */
public final class IntegrationConnections {

    private static final String WANTED =
            """
            FROM integration_connections c
            WHERE c.tenant_id = :tenant
              AND (:provider::text IS NULL OR c.provider = :provider)
              AND (:environment::text IS NULL OR c.environment = :environment)
              AND (:status::text IS NULL OR c.status = :status)
              AND (:health::text IS NULL OR c.health = :health)
            """;

    private static final String LIST =
            "SELECT c.id, "
                    + IntegrationConnection.COLUMNS
                    + WANTED
                    + """
                      AND (c.created_at, c.id) %1$s (:time, :id)
                    ORDER BY c.created_at %2$s, c.id %2$s
                    LIMIT :limit
                    """;

    private static final String FORWARD = LIST.formatted("<", "DESC");
    private static final String BACKWARD = LIST.formatted(">", "ASC");
    private static final String COUNT = "SELECT count(*) " + WANTED;

    private static final Cursor BEFORE_FIRST =
            new Cursor(micros(Instant.parse("9999-12-31T00:00:00Z")), new UUID(-1, -1));
    private static final Cursor AFTER_LAST =
            new Cursor(micros(Instant.parse("0001-01-01T00:00:00Z")), new UUID(0, 0));

    private final DatabaseClient database;

    public IntegrationConnections(DatabaseClient database) {
        this.database = database;
    }

    /** What connections are wanted; null for any. */
    public record Filter(
            @Nullable String provider,
            @Nullable String environment,
            @Nullable String status,
            @Nullable String health) {}

    /** The place of a connection in the list. */
    public static Cursor cursor(IntegrationConnection connection) {
        return new Cursor(micros(connection.createdAt()), connection.id());
    }

    /** Whether a cursor can be one of the list. */
    public static boolean isPlace(Cursor cursor) {
        return AFTER_LAST.key() <= cursor.key() && cursor.key() <= BEFORE_FIRST.key();
    }

    /** Up to one more than the limit, from the cursor on, in the direction of the page. */
    public Mono<List<IntegrationConnection>> list(Filter filter, PageRequest page) {
        Cursor given = page.cursor();
        Cursor edge = page.isBackward() ? AFTER_LAST : BEFORE_FIRST;
        Cursor from = given == null ? edge : given;
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                bind(page.isBackward() ? BACKWARD : FORWARD, tenant, filter)
                                        .bind(
                                                "time",
                                                Instant.EPOCH.plus(from.key(), ChronoUnit.MICROS))
                                        .bind("id", from.id())
                                        .bind("limit", page.limit() + 1)
                                        .map(IntegrationConnection::read)
                                        .all()
                                        .collectList());
    }

    public Mono<Long> count(Filter filter) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                bind(COUNT, tenant, filter)
                                        .map(row -> Row.bigNumber(row, 0))
                                        .one());
    }

    private GenericExecuteSpec bind(String sql, TenantId tenant, Filter filter) {
        return database.sql(sql)
                .bind("tenant", tenant.value())
                .bind("provider", SqlText.of(filter.provider))
                .bind("environment", SqlText.of(filter.environment))
                .bind("status", SqlText.of(filter.status))
                .bind("health", SqlText.of(filter.health));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
