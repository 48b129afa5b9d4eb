package io.customergraph.integration;

import io.customergraph.change.AuditLog;
import io.customergraph.paging.Row;
import io.customergraph.secret.ConnectionSecrets;
import io.customergraph.secret.Secret;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tokens that come by consent in the browser, and their renewal. Of a connection one renewal is
 * under way at a time, on all nodes together: who is at it has claimed it in its row.
 */
public final class ConnectionAuthorizations {

    private static final int MOST_AT_ONCE = 20;
    private static final Duration CLAIM = Duration.ofMinutes(2);

    /** A node that died leaves a claim that ends. */
    private static final String CLAIM_DUE =
            """
            UPDATE integration_connections
            SET refresh_claimed_by = :node,
                refresh_claimed_until = now() + make_interval(secs => :claim)
            WHERE tenant_id = :tenant AND id IN (
                SELECT c.id
                FROM integration_connections c
                JOIN integration_secrets s ON s.tenant_id = c.tenant_id AND s.connection_id = c.id
                WHERE c.tenant_id = :tenant AND c.status IN ('active', 'paused')
                  AND s.valid_until IS NULL AND s.field = 'access_token'
                  AND s.expires_at BETWEEN now() - interval '1 day' AND now() + interval '7 days'
                  AND (c.refresh_claimed_until IS NULL OR c.refresh_claimed_until <= now())
                ORDER BY s.expires_at
                LIMIT :most
                FOR UPDATE OF c SKIP LOCKED)
            RETURNING id
            """;

    private static final String IS_MINE =
            """
            SELECT id FROM integration_connections
            WHERE tenant_id = :tenant AND id = :id AND refresh_claimed_by = :node
              AND status IN ('active', 'paused')
            FOR UPDATE
            """;

    /** Twice as long after each failure in a row, up to six hours. */
    private static final String POSTPONE =
            """
            UPDATE integration_connections
            SET refresh_claimed_by = :node,
                refresh_claimed_until = now() + least(
                    interval '5 minutes' * (2 ^ least(failures_in_a_row, 10)), interval '6 hours')
            WHERE tenant_id = :tenant AND id = :id AND refresh_claimed_by = :node
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final ConnectionRows rows;
    private final ConnectionSecrets secrets;
    private final AuditLog audit;

    public ConnectionAuthorizations(
            DatabaseClient database, TransactionalOperator transaction, ConnectionSecrets secrets) {
        this.database = database;
        this.transaction = transaction;
        this.rows = new ConnectionRows(database);
        this.secrets = secrets;
        this.audit = new AuditLog(database);
    }

    /**
     * Keeps a token that the caller's consent gave, and puts the connection to work.
     *
     * @return false where the connection was disconnected meanwhile; nothing is kept then
     */
    public Mono<Boolean> grant(Caller caller, UUID connection, GrantedToken token) {
        return rows.lock(caller.tenant(), connection)
                .filter(now -> !now.status().equals("disconnected"))
                .flatMap(
                        now ->
                                put(connection, token)
                                        .then(
                                                rows.authorize(
                                                        caller.tenant(),
                                                        connection,
                                                        token.scopes()))
                                        .then(
                                                audit.add(
                                                        caller,
                                                        "authorizeIntegration",
                                                        "integration_connection",
                                                        connection,
                                                        Map.of("scopes", token.scopes())))
                                        .thenReturn(true))
                .defaultIfEmpty(false)
                .as(transaction::transactional);
    }

    /** Claims for a node those of the tenant of the context whose tokens end within a week. */
    public Mono<List<UUID>> claimDue(String node) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(CLAIM_DUE)
                                        .bind("tenant", tenant.value())
                                        .bind("node", node)
                                        .bind("claim", (double) CLAIM.toSeconds())
                                        .bind("most", MOST_AT_ONCE)
                                        .map(row -> Row.id(row, 0))
                                        .all()
                                        .collectList());
    }

    /**
     * Keeps a token that replaces another; the version of the connection stays.
     *
     * @return false where the claim is another node's by now; nothing is kept then
     */
    public Mono<Boolean> renew(String node, UUID connection, GrantedToken token) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(IS_MINE)
                                        .bind("tenant", tenant.value())
                                        .bind("id", connection)
                                        .bind("node", node)
                                        .map(row -> Row.id(row, 0))
                                        .one()
                                        .flatMap(mine -> put(connection, token))
                                        .defaultIfEmpty(false))
                .as(transaction::transactional);
    }

    /** Has a renewal that failed wait; each time longer. */
    public Mono<Void> postpone(String node, UUID connection) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(POSTPONE)
                                        .bind("tenant", tenant.value())
                                        .bind("id", connection)
                                        .bind("node", node)
                                        .then());
    }

    private Mono<Boolean> put(UUID connection, GrantedToken token) {
        Secret refresh = token.refreshToken();
        // The provider ends the one at that time and not the other.
        return secrets.put(
                        connection,
                        Map.of("access_token", token.accessToken()),
                        Duration.ZERO,
                        token.expiresAt())
                .then(
                        refresh == null
                                ? Mono.<Void>empty()
                                : secrets.put(
                                        connection, Map.of(GrantedToken.REFRESH_TOKEN, refresh)))
                .thenReturn(true);
    }
}
