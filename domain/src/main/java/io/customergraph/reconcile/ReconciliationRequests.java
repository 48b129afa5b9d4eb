package io.customergraph.reconcile;

import io.customergraph.change.AuditLog;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Asks for runs, which any node does. */
public final class ReconciliationRequests {

    /** Runs of a connection that are kept, with this one. */
    static final int KEPT = 20;

    private static final String INSERT =
            """
            INSERT INTO reconciliations (tenant_id, id, connection_id, resources, repairs, actor)
            VALUES (:tenant, :id, :connection, :resources, :repairs, :actor)
            """;

    private static final String FORGET_OLD =
            """
            DELETE FROM reconciliations
            WHERE tenant_id = :tenant AND id IN (
                SELECT id FROM reconciliations
                WHERE tenant_id = :tenant AND connection_id = :connection
                ORDER BY requested_at DESC, id DESC
                OFFSET :kept)
            """;

    private final DatabaseClient database;
    private final AuditLog audit;
    private final TransactionalOperator transaction;

    public ReconciliationRequests(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.audit = new AuditLog(database);
        this.transaction = transaction;
    }

    /**
     * Asks for a run over a connection, in the name of the caller of the context.
     *
     * @param resources what is read; all that there is where it is empty
     * @param repairs whether what differs is mended
     * @return the run's id; empty where one of the connection is under way already
     */
    public Mono<UUID> request(UUID connection, List<String> resources, boolean repairs) {
        UUID id = TimeOrderedId.next();
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                transaction.transactional(
                                        insert(caller, id, connection, resources, repairs)
                                                .thenReturn(id)))
                .onErrorResume(DuplicateKeyException.class, running -> Mono.empty());
    }

    private Mono<Void> insert(
            Caller caller, UUID id, UUID connection, List<String> resources, boolean repairs) {
        return database.sql(INSERT)
                .bind("tenant", caller.tenant().value())
                .bind("id", id)
                .bind("connection", connection)
                .bind("resources", resources.toArray(String[]::new))
                .bind("repairs", repairs)
                .bind("actor", caller.name())
                .then()
                .then(
                        database.sql(FORGET_OLD)
                                .bind("tenant", caller.tenant().value())
                                .bind("connection", connection)
                                .bind("kept", KEPT)
                                .then())
                .then(
                        audit.add(
                                caller,
                                "startReconciliation",
                                "reconciliation",
                                id,
                                Map.of("connection", connection.toString(), "repairs", repairs)));
    }
}
