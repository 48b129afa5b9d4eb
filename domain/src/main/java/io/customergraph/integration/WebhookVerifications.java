package io.customergraph.integration;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.UUID;

/** Keeps when a provider last found the address of a webhook to be its owner's. */
public final class WebhookVerifications {

    private static final String NOTE =
            """
            INSERT INTO integration_webhook_configs (tenant_id, id, connection_id, verified_at)
            VALUES (:tenant, :id, :connection, now())
            ON CONFLICT (tenant_id, connection_id) DO UPDATE SET verified_at = EXCLUDED.verified_at
            """;

    private final DatabaseClient database;

    public WebhookVerifications(DatabaseClient database) {
        this.database = database;
    }

    /** Notes that it was now, for a connection of the tenant of the context. */
    public Mono<Void> note(UUID connection) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(NOTE)
                                        .bind("tenant", tenant.value())
                                        .bind("id", TimeOrderedId.next())
                                        .bind("connection", connection)
                                        .then());
    }
}
