package io.customergraph.integration;

import io.customergraph.change.AuditLog;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Follows owners who take the app out at the provider: the tokens are deleted, and the connection
 * waits for a new consent. What signs the provider's deliveries stays, since they go on: what was
 * on its way is applied, and 48 hours later Shopify asks to erase the shop.
 */
public final class ConnectionUninstalls implements AccountEvents {

    /** A token that came after it is of a later consent. */
    private static final String FORGET_TOKENS =
            """
            DELETE FROM integration_secrets
            WHERE tenant_id = :tenant AND connection_id = :connection AND field = ANY (:fields)
              AND created_at <= :at
            """;

    private static final String MARK =
            """
            UPDATE integration_connections c
            SET status = 'uninstalled', health = 'failing', health_problem = 'uninstalled',
                health_checked_at = now(), granted_scopes = '{}', version = version + 1,
                updated_at = now()
            WHERE c.tenant_id = :tenant AND c.id = :connection
              AND c.status IN ('active', 'paused')
              AND NOT EXISTS (
                  SELECT FROM integration_secrets s
                  WHERE s.tenant_id = :tenant AND s.connection_id = :connection
                    AND s.field = ANY (:fields))
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final ProviderCatalogue catalogue;
    private final AuditLog audit;

    public ConnectionUninstalls(
            DatabaseClient database,
            TransactionalOperator transaction,
            ProviderCatalogue catalogue) {
        this.database = database;
        this.transaction = transaction;
        this.catalogue = catalogue;
        this.audit = new AuditLog(database);
    }

    @Override
    public Mono<Void> uninstalled(UUID connection, String provider, Instant at) {
        String[] fields =
                catalogue
                        .find(provider)
                        .map(IntegrationProvider::oauth)
                        .map(oauth -> List.of(oauth.tokenField(), GrantedToken.REFRESH_TOKEN))
                        .orElse(List.of(GrantedToken.REFRESH_TOKEN))
                        .toArray(String[]::new);
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                Mono.defer(
                                                () ->
                                                        uninstall(
                                                                tenant,
                                                                connection,
                                                                provider,
                                                                fields,
                                                                at))
                                        .as(transaction::transactional)
                                        .retryWhen(LostRace.again()));
    }

    private Mono<Void> uninstall(
            TenantId tenant, UUID connection, String provider, String[] fields, Instant at) {
        return database.sql(FORGET_TOKENS)
                .bind("tenant", tenant.value())
                .bind("connection", connection)
                .bind("fields", fields)
                .bind("at", at)
                .then()
                .then(
                        database.sql(MARK)
                                .bind("tenant", tenant.value())
                                .bind("connection", connection)
                                .bind("fields", fields)
                                .fetch()
                                .rowsUpdated())
                .filter(marked -> marked > 0)
                .flatMap(
                        marked ->
                                audit.add(
                                        new Caller(tenant, "provider:" + provider, Set.of()),
                                        "uninstallIntegration",
                                        "integration_connection",
                                        connection,
                                        Map.of()));
    }
}
