package io.customergraph.delivery;

import io.customergraph.change.AuditLog;
import io.customergraph.paging.Cursor;
import io.customergraph.paging.NewestFirst;
import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lists the tenant's deliveries, the newest first, and has them applied again. */
public final class IntegrationEvents {

    /** The most that one call replays. */
    public static final int MOST_REPLAYED = 1_000;

    private static final String LIST =
            "SELECT e.id, "
                    + IntegrationEvent.COLUMNS
                    + " FROM integration_events e WHERE "
                    + EventFilter.WANTED
                    + """
                      AND (e.received_at, e.id) %1$s (:time, :id)
                    ORDER BY e.received_at %2$s, e.id %2$s
                    LIMIT :limit
                    """;

    private static final String FORWARD = LIST.formatted("<", "DESC");
    private static final String BACKWARD = LIST.formatted(">", "ASC");
    private static final String COUNT =
            "SELECT count(*) FROM integration_events e WHERE " + EventFilter.WANTED;

    /** Of a disconnected connection nothing is worked at, so it would wait for ever. */
    private static final String IS_CONNECTED =
            """
             AND EXISTS (
                SELECT FROM integration_connections c
                WHERE c.tenant_id = :tenant AND c.id = e.connection_id
                  AND c.status <> 'disconnected')
            """;

    /** What is not worked at now, and still has its body; a replay begins with no attempt. */
    private static final String REPLAY =
            """
            WITH chosen AS MATERIALIZED (
                SELECT e.id FROM integration_events e
                WHERE %1$s %2$s
                  AND e.status IN ('dead', 'ignored', 'processed', 'failed')
                  AND e.body_ref IS NOT NULL
                ORDER BY e.sequence
                LIMIT :limit
                FOR UPDATE SKIP LOCKED)
            UPDATE integration_events e
            SET status = 'received', attempts = 0, next_attempt_at = now(), processed_at = NULL,
                replayed_at = now(), error_code = NULL, error = NULL
            FROM chosen c
            WHERE e.tenant_id = :tenant AND e.id = c.id
            RETURNING e.id
            """;

    private static final String REPLAY_FILTER = REPLAY.formatted(EventFilter.WANTED, IS_CONNECTED);
    private static final String REPLAY_ONE =
            REPLAY.formatted("e.tenant_id = :tenant AND e.id = :id", IS_CONNECTED);

    private static final String LEFT =
            COUNT
                    + IS_CONNECTED
                    + " AND e.status IN ('dead', 'ignored', 'processed', 'failed')"
                    + " AND e.body_ref IS NOT NULL AND e.replayed_at IS DISTINCT FROM now()";

    private static final String BODY =
            """
            SELECT e.id, e.connection_id, e.body_ref, encode(e.body_sha256, 'hex')
            FROM integration_events e
            WHERE e.tenant_id = :tenant AND e.id = :id AND e.body_ref IS NOT NULL
            """;

    private static final String WAKE = "SELECT pg_notify('integration_events', :tenant)";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AuditedBodies bodies;
    private final AuditLog audit;

    public IntegrationEvents(
            DatabaseClient database, TransactionalOperator transaction, AuditedBodies bodies) {
        this.database = database;
        this.transaction = transaction;
        this.bodies = bodies;
        this.audit = new AuditLog(database);
    }

    /** How many were put back, and how many the filter still finds that could be. */
    public record Replayed(long replayed, long left) {}

    /** The place of a delivery in the list. */
    public static Cursor cursor(IntegrationEvent event) {
        return NewestFirst.place(event.receivedAt(), event.id());
    }

    /** Whether a cursor can be one of the list. */
    public static boolean isPlace(Cursor cursor) {
        return NewestFirst.isPlace(cursor);
    }

    /** Up to one more than the limit, from the cursor on, in the direction of the page. */
    public Mono<List<IntegrationEvent>> list(EventFilter filter, PageRequest page) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                NewestFirst.bind(
                                                filter.bind(
                                                                database.sql(
                                                                        page.isBackward()
                                                                                ? BACKWARD
                                                                                : FORWARD))
                                                        .bind("tenant", tenant.value()),
                                                page)
                                        .map(IntegrationEvent::read)
                                        .all()
                                        .collectList());
    }

    public Mono<Long> count(EventFilter filter) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                filter.bind(database.sql(COUNT))
                                        .bind("tenant", tenant.value())
                                        .map(row -> Row.bigNumber(row, 0))
                                        .one());
    }

    /** The text of a body; empty where there is none any more, or no such event. */
    public Mono<String> body(UUID event) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(BODY)
                                        .bind("tenant", tenant.value())
                                        .bind("id", event)
                                        .map(
                                                row ->
                                                        new StoredBody(
                                                                Row.id(row, 0),
                                                                Row.id(row, 1),
                                                                Row.text(row, 2),
                                                                Row.text(row, 3)))
                                        .one())
                .flatMap(body -> bodies.read(body, AccessPurpose.READ));
    }

    /**
     * Has one delivery applied again, for the caller of the context.
     *
     * @return whether it is: not where there is none, its body is gone, or it waits or is worked at
     */
    public Mono<Boolean> replay(UUID event) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                database.sql(REPLAY_ONE)
                                        .bind("tenant", caller.tenant().value())
                                        .bind("id", event)
                                        .bind("limit", 1)
                                        .map(row -> Row.id(row, 0))
                                        .one()
                                        .flatMap(
                                                id ->
                                                        audit.add(
                                                                        caller,
                                                                        "replayIntegrationEvent",
                                                                        "integration_event",
                                                                        id,
                                                                        Map.of())
                                                                .then(wake(caller.tenant().value()))
                                                                .thenReturn(true))
                                        .defaultIfEmpty(false))
                .as(transaction::transactional);
    }

    /**
     * Has deliveries applied again, the oldest first, for the caller of the context.
     *
     * @param limit 1 to {@link #MOST_REPLAYED}
     */
    public Mono<Replayed> replay(UUID connection, EventFilter filter, int limit) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                filter.bind(database.sql(REPLAY_FILTER))
                                        .bind("tenant", caller.tenant().value())
                                        .bind("limit", limit)
                                        .map(row -> Row.id(row, 0))
                                        .all()
                                        .count()
                                        .flatMap(
                                                count ->
                                                        audit.add(
                                                                        caller,
                                                                        "replayIntegrationEvents",
                                                                        "integration_connection",
                                                                        connection,
                                                                        Map.of("events", count))
                                                                .then(wake(caller.tenant().value()))
                                                                .then(
                                                                        left(
                                                                                caller.tenant()
                                                                                        .value(),
                                                                                filter))
                                                                .map(
                                                                        left ->
                                                                                new Replayed(
                                                                                        count,
                                                                                        left))))
                .as(transaction::transactional);
    }

    private Mono<Long> left(String tenant, EventFilter filter) {
        return filter.bind(database.sql(LEFT))
                .bind("tenant", tenant)
                .map(row -> Row.bigNumber(row, 0))
                .one();
    }

    private Mono<Void> wake(String tenant) {
        return database.sql(WAKE).bind("tenant", tenant).then();
    }
}
