package io.customergraph.delivery;

import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes bodies whose rows give them up first, so that nobody has applied again what is about to
 * go. What a node leaves that dies then, {@link BodySweep} finds.
 */
final class GivenUpBodies {

    private static final int DELETED_AT_ONCE = 8;

    /**
     * The end of a statement whose last common table, {@code old}, has locked rows with {@code id}
     * and {@code body_ref}. The key by which they were put in order may be a person's address.
     */
    static final String OF_OLD =
            """
            given AS (
                UPDATE integration_events e
                SET body_ref = NULL, ordering_key = NULL
                FROM old o
                WHERE e.tenant_id = :tenant AND e.id = o.id
                RETURNING e.id, e.connection_id, o.body_ref),
            noted AS (
                INSERT INTO webhook_access_logs (
                    tenant_id, id, connection_id, event_id, actor, purpose)
                SELECT :tenant, gen_random_uuid(), g.connection_id, g.id, :actor, :purpose
                FROM given g)
            SELECT body_ref FROM given
            """;

    private final BodyStore store;

    GivenUpBodies(BodyStore store) {
        this.store = store;
    }

    /**
     * Deletes what a statement gives up; gives how many.
     *
     * @param statement that ends with {@link #OF_OLD}, bound but for what that takes
     */
    Mono<Long> delete(TenantId tenant, GenericExecuteSpec statement) {
        return statement
                .bind("tenant", tenant.value())
                .bind("actor", AuditedBodies.SYSTEM)
                .bind("purpose", AccessPurpose.DELETE.code())
                .map(row -> Row.text(row, 0))
                .all()
                .collectList()
                .flatMap(
                        references ->
                                Flux.fromIterable(references)
                                        .flatMapDelayError(
                                                reference -> store.delete(tenant, reference),
                                                DELETED_AT_ONCE,
                                                1)
                                        .then(Mono.just((long) references.size())));
    }
}
