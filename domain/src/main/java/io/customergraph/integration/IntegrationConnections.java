package io.customergraph.integration;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.NewestFirst;
import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.util.List;

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
        return NewestFirst.place(connection.createdAt(), connection.id());
    }

    /** Whether a cursor can be one of the list. */
    public static boolean isPlace(Cursor cursor) {
        return NewestFirst.isPlace(cursor);
    }

    /** Up to one more than the limit, from the cursor on, in the direction of the page. */
    public Mono<List<IntegrationConnection>> list(Filter filter, PageRequest page) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                NewestFirst.bind(
                                                bind(
                                                        page.isBackward() ? BACKWARD : FORWARD,
                                                        tenant,
                                                        filter),
                                                page)
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
}
