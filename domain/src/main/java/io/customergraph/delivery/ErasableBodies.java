package io.customergraph.delivery;

import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;

/**
 * Looks through the bodies of the tenant's deliveries for people who are to be forgotten, and
 * deletes those that name them. What waits to be applied keeps its body until it is done.
 */
public final class ErasableBodies {

    private static final String PAGE =
            """
            SELECT e.id, e.connection_id, e.body_ref, encode(e.body_sha256, 'hex'), c.account,
                   e.status IN ('processed', 'ignored', 'dead'), e.received_at,
                   e.status IN ('received', 'processing', 'failed') AND c.status <> 'paused'
            FROM integration_events e
            JOIN integration_connections c ON c.tenant_id = :tenant AND c.id = e.connection_id
            WHERE e.tenant_id = :tenant AND (e.received_at, e.id) < (:until, :id)
              AND e.body_ref IS NOT NULL AND (:account = '' OR c.account = :account)
            ORDER BY e.received_at DESC, e.id DESC
            LIMIT :limit
            """;

    /** The key by which its events were put in order may be a person's address. */
    private static final String GIVE_UP =
            """
            WITH old AS MATERIALIZED (
                SELECT e.id, e.body_ref
                FROM integration_events e
                WHERE e.tenant_id = :tenant AND e.id = ANY (:events) AND e.body_ref IS NOT NULL
                  AND e.status IN ('processed', 'ignored', 'dead')
                ORDER BY e.id
                FOR UPDATE),
            """
                    + GivenUpBodies.OF_OLD;

    private static final String WAITING =
            """
            SELECT EXISTS (
                SELECT FROM integration_events e
                JOIN integration_connections c ON c.tenant_id = :tenant AND c.id = e.connection_id
                WHERE e.tenant_id = :tenant AND c.account = :account AND e.received_at < :until
                  AND e.status IN ('received', 'processing', 'failed'))
            """;

    private final DatabaseClient database;
    private final AuditedBodies bodies;
    private final GivenUpBodies givenUp;

    public ErasableBodies(DatabaseClient database, AuditedBodies bodies, BodyStore store) {
        this.database = database;
        this.bodies = bodies;
        this.givenUp = new GivenUpBodies(store);
    }

    /** A place among the deliveries, the newest of which come first. */
    public record Place(Instant receivedAt, UUID event) {}

    /**
     * What was done of a page.
     *
     * @param next where the next begins; null where this was the last
     * @param hasWaiting whether some of it was not applied yet, and is to be looked at again; what
     *     a paused connection holds waits for its owner, and keeps its body as long as that
     */
    public record Searched(long deleted, @Nullable Place next, boolean hasWaiting) {}

    private record One(
            StoredBody body, String account, boolean isFinal, Place place, boolean isWaiting) {

        static One read(Readable row) {
            return new One(
                    new StoredBody(
                            Row.id(row, 0), Row.id(row, 1), Row.text(row, 2), Row.text(row, 3)),
                    Row.text(row, 4),
                    Row.flag(row, 5),
                    new Place(Row.time(row, 6), Row.id(row, 0)),
                    Row.flag(row, 7));
        }
    }

    /** Whether something of an account that came before a time was not applied yet. */
    public Mono<Boolean> isWaiting(String account, Instant before) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(WAITING)
                                        .bind("tenant", tenant.value())
                                        .bind("account", account)
                                        .bind("until", before)
                                        .map(row -> Row.flag(row, 0))
                                        .one());
    }

    /**
     * Deletes those bodies of a page that name somebody.
     *
     * @param account whose deliveries alone are looked at; null for all
     * @param isNamed takes the account of a body and its text
     */
    public Mono<Searched> search(
            Place before,
            @Nullable String account,
            int atMost,
            BiPredicate<String, String> isNamed) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                page(tenant, before, account, atMost)
                                        .flatMap(
                                                page ->
                                                        named(page, isNamed)
                                                                .flatMap(
                                                                        events ->
                                                                                delete(
                                                                                        tenant,
                                                                                        events))
                                                                .map(
                                                                        deleted ->
                                                                                searched(
                                                                                        page,
                                                                                        deleted,
                                                                                        atMost))));
    }

    /** Deletes the bodies of a page of an account's deliveries, whatever they say. */
    public Mono<Searched> deleteAll(Place before, String account, int atMost) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                page(tenant, before, account, atMost)
                                        .flatMap(
                                                page ->
                                                        delete(
                                                                        tenant,
                                                                        page.stream()
                                                                                .map(
                                                                                        one ->
                                                                                                one
                                                                                                        .body
                                                                                                        .event())
                                                                                .toList())
                                                                .map(
                                                                        deleted ->
                                                                                searched(
                                                                                        page,
                                                                                        deleted,
                                                                                        atMost))));
    }

    private static Searched searched(List<One> page, long deleted, int atMost) {
        return new Searched(
                deleted,
                page.size() < atMost ? null : page.getLast().place,
                page.stream().anyMatch(One::isWaiting));
    }

    private Mono<List<One>> page(
            TenantId tenant, Place before, @Nullable String account, int atMost) {
        return database.sql(PAGE)
                .bind("tenant", tenant.value())
                .bind("until", before.receivedAt)
                .bind("id", before.event)
                .bind("account", account == null ? "" : account)
                .bind("limit", atMost)
                .map(One::read)
                .all()
                .collectList();
    }

    private Mono<List<UUID>> named(List<One> page, BiPredicate<String, String> isNamed) {
        List<StoredBody> done = page.stream().filter(One::isFinal).map(One::body).toList();
        return bodies.readAll(done, AccessPurpose.ERASE).map(texts -> named(page, texts, isNamed));
    }

    private static List<UUID> named(
            List<One> page, Map<UUID, String> texts, BiPredicate<String, String> isNamed) {
        return page.stream()
                .filter(
                        one -> {
                            String text = texts.get(one.body.event());
                            return text != null && isNamed.test(one.account, text);
                        })
                .map(one -> one.body.event())
                .toList();
    }

    /**
     * The row gives its body up first; what a node leaves that dies then, {@link BodySweep} finds.
     */
    private Mono<Long> delete(TenantId tenant, Collection<UUID> events) {
        if (events.isEmpty()) {
            return Mono.just(0L);
        }
        return givenUp.delete(
                tenant, database.sql(GIVE_UP).bind("events", events.toArray(UUID[]::new)));
    }
}
