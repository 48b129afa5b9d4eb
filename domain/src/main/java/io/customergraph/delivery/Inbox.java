package io.customergraph.delivery;

import io.customergraph.id.Sha256;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps deliveries: the body in its store, then the event in the database, and only then is it
 * acknowledged. Deliveries that come at once are written together, each tenant's in one statement
 * that commits by itself, because commits that notify wait for each other.
 */
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(10);
    private static final int MOST_AT_ONCE = 500;
    private static final int WRITES_AT_ONCE = 2;
    private static final int TENANTS_AT_ONCE = 2;

    /** The connection is looked at again: since its secrets were read it may have been ended. */
    private static final String INSERT =
            """
            WITH given AS MATERIALIZED (
                SELECT r.*
                FROM json_to_recordset(:rows::json) AS r (
                    place integer, id uuid, connection_id uuid, delivery_id text,
                    is_known_by_body boolean, is_notice boolean, topic text,
                    ordering_key text, is_ignored boolean, body_ref text, sha256 text, bytes bigint,
                    content_type text, headers jsonb, occurred_at timestamptz)),
            named AS MATERIALIZED (
                SELECT g.id AS event_id,
                       g.delivery_id || CASE
                           WHEN g.is_known_by_body AND g.ordering_key IS NOT NULL
                           THEN coalesce(':' || (
                               SELECT e.id
                               FROM integration_events e
                               WHERE e.tenant_id = :tenant AND e.connection_id = g.connection_id
                                 AND e.ordering_key = g.ordering_key AND e.is_known_by_body
                                 AND (NOT starts_with(e.delivery_id, g.delivery_id)
                                      OR g.is_notice AND e.status NOT IN ('received', 'failed'))
                               ORDER BY e.sequence DESC
                               LIMIT 1), '')
                           ELSE '' END AS known_as
                FROM given g),
            open AS MATERIALIZED (
                SELECT c.id
                FROM integration_connections c
                LEFT JOIN integration_webhook_configs w
                    ON w.tenant_id = c.tenant_id AND w.connection_id = c.id
                WHERE c.tenant_id = :tenant
                  AND c.id IN (SELECT connection_id FROM given)
                  AND c.status IN ('active', 'paused', 'uninstalled')
                  AND coalesce(w.is_enabled, true)),
            added AS (
                INSERT INTO integration_events (
                    tenant_id, id, connection_id, delivery_id, is_known_by_body, topic,
                    ordering_key, status,
                    body_ref, body_sha256, body_bytes, content_type, headers, occurred_at,
                    processed_at)
                SELECT :tenant, g.id, g.connection_id, n.known_as, g.is_known_by_body, g.topic,
                       g.ordering_key,
                       CASE WHEN g.is_ignored THEN 'ignored' ELSE 'received' END,
                       g.body_ref, decode(g.sha256, 'hex'), g.bytes, g.content_type, g.headers,
                       g.occurred_at, CASE WHEN g.is_ignored THEN now() END
                FROM given g
                JOIN named n ON n.event_id = g.id
                JOIN open o ON o.id = g.connection_id
                ORDER BY g.place
                ON CONFLICT (tenant_id, connection_id, delivery_id) DO NOTHING
                RETURNING id)
            SELECT g.id, o.id IS NOT NULL, a.id IS NOT NULL
            FROM given g
            LEFT JOIN open o ON o.id = g.connection_id
            LEFT JOIN added a ON a.id = g.id
            """;

    private final DatabaseClient database;
    private final BodyStore store;
    private final GroupedWrites<Kept, Receipt> writes;
    private final AtomicReference<Instant> noted = new AtomicReference<>(Instant.EPOCH);

    private record Kept(TenantId tenant, NewDelivery delivery, String reference, String sha256) {}

    /**
     * An inbox.
     *
     * @param capacity how many deliveries may wait for the database
     */
    public Inbox(DatabaseClient database, BodyStore store, int capacity) {
        this.database = database;
        this.store = store;
        this.writes =
                new GroupedWrites<>("events", capacity, MOST_AT_ONCE, WRITES_AT_ONCE, this::write);
    }

    /**
     * Keeps a delivery of the tenant of the context; completes when it survives a crash.
     *
     * @return {@link Overloaded} as its error where too many wait, {@link BodyNotKept} where the
     *     store fails
     */
    public Mono<Receipt> accept(NewDelivery delivery) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                store.put(
                                                tenant,
                                                delivery.connection(),
                                                delivery.event(),
                                                delivery.body())
                                        .onErrorMap(this::notKept)
                                        .flatMap(reference -> accept(tenant, delivery, reference)));
    }

    /** Once in a while it is written down why; there may be thousands in a second. */
    private Throwable notKept(Throwable failure) {
        if (failure instanceof Overloaded) {
            return failure;
        }
        Instant now = Instant.now();
        Instant before = noted.get();
        if (before.plus(BETWEEN_NOTES).isBefore(now) && noted.compareAndSet(before, now)) {
            LOG.error(
                    "Bodies of deliveries are not kept, so none is accepted: {}",
                    failure.toString());
        }
        return new BodyNotKept(failure);
    }

    /** After a failure the row may be there all the same, so the body stays then. */
    private Mono<Receipt> accept(TenantId tenant, NewDelivery delivery, String reference) {
        String sha256 = Sha256.hex(delivery.body());
        return writes.add(new Kept(tenant, delivery, reference, sha256))
                .flatMap(
                        receipt ->
                                receipt == Receipt.ACCEPTED
                                        ? Mono.just(receipt)
                                        : store.delete(tenant, reference)
                                                .onErrorComplete() // Whoever sweeps finds it.
                                                .thenReturn(receipt));
    }

    private Mono<List<Receipt>> write(List<Kept> group) {
        Map<TenantId, List<Kept>> byTenant =
                group.stream().collect(Collectors.groupingBy(Kept::tenant));
        return Flux.fromIterable(byTenant.entrySet())
                .flatMap(one -> insert(one.getKey(), one.getValue()), TENANTS_AT_ONCE)
                .collect(HashMap<UUID, Receipt>::new, Map::putAll)
                .map(
                        receipts ->
                                group.stream()
                                        .map(one -> receipts.get(one.delivery().event()))
                                        .toList());
    }

    private record EventRow(
            int place,
            UUID id,
            UUID connectionId,
            String deliveryId,
            boolean isKnownByBody,
            boolean isNotice,
            String topic,
            @Nullable String orderingKey,
            boolean isIgnored,
            String bodyRef,
            String sha256,
            long bytes,
            @Nullable String contentType,
            Map<String, String> headers,
            @Nullable Instant occurredAt) {

        static EventRow of(int place, Kept kept) {
            NewDelivery delivery = kept.delivery();
            return new EventRow(
                    place,
                    delivery.event(),
                    delivery.connection(),
                    delivery.deliveryId(),
                    delivery.isKnownByBody(),
                    delivery.isNotice(),
                    delivery.topic(),
                    delivery.orderingKey(),
                    delivery.isIgnored(),
                    kept.reference(),
                    kept.sha256(),
                    delivery.body().remaining(),
                    delivery.contentType(),
                    delivery.headers(),
                    delivery.occurredAt());
        }
    }

    private Mono<Map<UUID, Receipt>> insert(TenantId tenant, List<Kept> kept) {
        List<EventRow> rows =
                IntStream.range(0, kept.size())
                        .mapToObj(place -> EventRow.of(place, kept.get(place)))
                        .toList();
        return database.sql(INSERT)
                .bind("tenant", tenant.value())
                .bind("rows", JsonRows.of(rows))
                .map(row -> Map.entry(Row.id(row, 0), receipt(Row.flag(row, 1), Row.flag(row, 2))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .contextWrite(TenantContext.of(tenant))
                .retryWhen(LostRace.again());
    }

    private static Receipt receipt(boolean isOpen, boolean isAdded) {
        if (!isOpen) {
            return Receipt.CLOSED;
        }
        return isAdded ? Receipt.ACCEPTED : Receipt.REPEATED;
    }
}
