package io.customergraph.integration;

import io.customergraph.sql.SqlText;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.UUID;

/**
 * How connections fare: degraded with the first failure, failing with the third in a row, and
 * healthy again with the second success in a row.
 */
public final class ConnectionHealth {

    private static final String UPDATE =
            "SELECT update_integration_health(:tenant, :connection, :succeeded, :problem)";

    private final DatabaseClient database;

    public ConnectionHealth(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Keeps what a check found.
     *
     * @param problem why it failed, as a code without any value; null where it succeeded
     */
    public Mono<Void> record(UUID connection, @Nullable String problem) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(UPDATE)
                                        .bind("tenant", tenant.value())
                                        .bind("connection", connection)
                                        .bind("succeeded", problem == null)
                                        .bind("problem", SqlText.of(problem))
                                        .then());
    }
}
