package io.customergraph.integration;

import io.customergraph.sql.SqlText;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes connections. */
final class ConnectionRows {

    private static final String INSERT =
            """
            INSERT INTO integration_connections (
                tenant_id, id, provider, name, environment, account, status, settings)
            VALUES (:tenant, :id, :provider, :name, :environment, :account, :status,
                    :settings::jsonb)
            """;

    private static final String LOCK =
            "SELECT c.id, "
                    + IntegrationConnection.COLUMNS
                    + """
                    FROM integration_connections c
                    WHERE c.tenant_id = :tenant AND c.id = :id
                    FOR UPDATE
                    """;

    /** A name or environment that is null stays; settings that are named are replaced. */
    private static final String UPDATE =
            """
            UPDATE integration_connections
            SET name = coalesce(:name, name),
                environment = coalesce(:environment, environment),
                status = :status,
                settings = settings || :settings::jsonb,
                version = version + 1,
                updated_at = now()
            WHERE tenant_id = :tenant AND id = :id
            """;

    private static final String DISCONNECT =
            """
            UPDATE integration_connections
            SET status = 'disconnected', disconnected_at = now(), health = 'unknown',
                health_problem = NULL, failures_in_a_row = 0, successes_in_a_row = 0,
                granted_scopes = '{}', version = version + 1, updated_at = now()
            WHERE tenant_id = :tenant AND id = :id
            """;

    /** Health begins anew with other credentials. */
    private static final String AUTHORIZE =
            """
            UPDATE integration_connections
            SET status = CASE WHEN status IN ('pending', 'uninstalled') THEN 'active' ELSE status END,
                granted_scopes = :scopes, health = 'unknown', health_problem = NULL,
                failures_in_a_row = 0, successes_in_a_row = 0, refresh_claimed_by = NULL,
                refresh_claimed_until = NULL, version = version + 1, updated_at = now()
            WHERE tenant_id = :tenant AND id = :id
            """;

    private final DatabaseClient database;

    ConnectionRows(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(
            TenantId tenant,
            UUID id,
            IntegrationProvider provider,
            String name,
            String environment,
            String account,
            String status,
            Map<String, String> settings) {
        return database.sql(INSERT)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("provider", provider.provider())
                .bind("name", name)
                .bind("environment", environment)
                .bind("account", account)
                .bind("status", status)
                .bind("settings", ConnectionSettings.write(settings))
                .then();
    }

    /** Empty where there is none. */
    Mono<IntegrationConnection> lock(TenantId tenant, UUID id) {
        return database.sql(LOCK)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(IntegrationConnection::read)
                .one();
    }

    Mono<Void> update(
            TenantId tenant,
            UUID id,
            @Nullable String name,
            @Nullable String environment,
            String status,
            Map<String, String> settings) {
        return database.sql(UPDATE)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("name", SqlText.of(name))
                .bind("environment", SqlText.of(environment))
                .bind("status", status)
                .bind("settings", ConnectionSettings.write(settings))
                .then();
    }

    Mono<Void> disconnect(TenantId tenant, UUID id) {
        return database.sql(DISCONNECT).bind("tenant", tenant.value()).bind("id", id).then();
    }

    Mono<Void> authorize(TenantId tenant, UUID id, List<String> scopes) {
        return database.sql(AUTHORIZE)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("scopes", scopes.toArray(String[]::new))
                .then();
    }
}
