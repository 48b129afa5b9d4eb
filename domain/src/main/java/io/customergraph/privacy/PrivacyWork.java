package io.customergraph.privacy;

import io.customergraph.delivery.ErasableBodies;
import io.customergraph.delivery.ErasableBodies.Place;
import io.customergraph.delivery.ErasableBodies.Searched;
import io.customergraph.ingest.Erasure;
import io.customergraph.ingest.Erasure.Traces;
import io.customergraph.ingest.RecordErasures;
import io.customergraph.integration.ProviderPrivacyRequest.Shopper;
import io.customergraph.paging.Row;
import io.customergraph.secret.SecretKeys;
import io.customergraph.sql.SqlTime;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Does what privacy requests ask for, in small transactions: the tables first, then the bodies of
 * deliveries. A node that dies leaves the rest to another; each step can be done again.
 */
public final class PrivacyWork {

    /** Tenants that have something to do. */
    public static final String WHOSE = "SELECT tenants_with_due_privacy_requests()";

    private static final int MOST_STEPS = 1_000;
    private static final int BODIES = 200;
    private static final int RECORDS = 500;
    private static final UUID GREATEST_ID = new UUID(-1, -1);

    /** What waits is mostly applied within seconds; what fails is tried for a day. */
    private static final Duration WHILE_SOMETHING_WAITS = Duration.ofHours(1);

    private static final String CLAIM =
            """
            UPDATE privacy_requests r
            SET claimed_until = now() + interval '5 minutes'
            WHERE r.tenant_id = :tenant AND r.id = (
                SELECT w.id FROM privacy_requests w
                WHERE w.tenant_id = :tenant AND w.status <> 'done' AND w.kind <> 'export'
                  AND w.next_at <= now()
                  AND (w.claimed_until IS NULL OR w.claimed_until <= now())
                ORDER BY w.requested_at, w.id
                LIMIT 1
                FOR UPDATE SKIP LOCKED)
            RETURNING r.id, r.kind, r.status, r.subject, r.requested_at, r.erased_at,
                      r.searched_until, r.searched_id, r.has_waiting
            """;

    private static final String RECORDS_ERASED =
            """
            UPDATE privacy_requests
            SET records_deleted = records_deleted + :deleted,
                records_stripped = records_stripped + :stripped, claimed_until = NULL
            WHERE tenant_id = :tenant AND id = :id
            """;

    private static final String SEARCH_FROM_NOW_ON =
            """
            UPDATE privacy_requests
            SET status = 'searching', erased_at = now(), subject = :subject, key_id = :key,
                claimed_until = NULL
            WHERE tenant_id = :tenant AND id = :id
            """;

    private static final String SEARCHED =
            """
            UPDATE privacy_requests
            SET bodies_deleted = bodies_deleted + :deleted, searched_until = :until,
                searched_id = :searched, has_waiting = :waiting, claimed_until = NULL
            WHERE tenant_id = :tenant AND id = :id
            """;

    private static final String POSTPONE =
            """
            UPDATE privacy_requests
            SET next_at = now() + make_interval(secs => :seconds), searched_until = NULL,
                searched_id = NULL, has_waiting = false, claimed_until = NULL,
                bodies_deleted = bodies_deleted + :deleted
            WHERE tenant_id = :tenant AND id = :id
            """;

    private static final String DONE =
            """
            UPDATE privacy_requests
            SET status = 'done', finished_at = now(), subject = NULL, key_id = NULL,
                claimed_until = NULL, bodies_deleted = bodies_deleted + :deleted
            WHERE tenant_id = :tenant AND id = :id
            """;

    private final DatabaseClient database;
    private final RecordErasures erasures;
    private final ErasableBodies bodies;
    private final SecretKeys keys;

    public PrivacyWork(
            DatabaseClient database,
            RecordErasures erasures,
            ErasableBodies bodies,
            SecretKeys keys) {
        this.database = database;
        this.erasures = erasures;
        this.bodies = bodies;
        this.keys = keys;
    }

    /** Does what waits of the tenant of the context, until it is enough for one time. */
    public Mono<Void> work() {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                Flux.range(0, MOST_STEPS)
                                        .concatMap(_ -> step(tenant), 1)
                                        .takeUntil(didSomething -> !didSomething)
                                        .then());
    }

    private record Claimed(
            UUID id,
            String kind,
            String status,
            Subject subject,
            Instant requestedAt,
            @Nullable Instant erasedAt,
            @Nullable Instant searchedUntil,
            @Nullable UUID searchedId,
            boolean hasWaiting) {

        String account() {
            return Objects.requireNonNull(subject.account());
        }

        boolean isOfAccount() {
            return kind.equals("erase_account");
        }

        /** Where the search goes on: from the time of the erasure into the past. */
        Place place() {
            return searchedUntil == null || searchedId == null
                    ? new Place(Objects.requireNonNull(erasedAt), GREATEST_ID)
                    : new Place(searchedUntil, searchedId);
        }
    }

    private Claimed claimed(TenantId tenant, Readable row) {
        UUID id = Row.id(row, 0);
        return new Claimed(
                id,
                Row.text(row, 1),
                Row.text(row, 2),
                Subject.decrypted(
                        keys, tenant, id, Objects.requireNonNull(row.get(3, byte[].class))),
                Row.time(row, 4),
                Row.timeOrNull(row, 5),
                Row.timeOrNull(row, 6),
                Row.idOrNull(row, 7),
                Row.flag(row, 8));
    }

    private Mono<Boolean> step(TenantId tenant) {
        return database.sql(CLAIM)
                .bind("tenant", tenant.value())
                .map(row -> claimed(tenant, row))
                .one()
                .flatMap(
                        request ->
                                (request.status.equals("searching")
                                                ? search(tenant, request)
                                                : request.isOfAccount()
                                                        ? account(tenant, request)
                                                        : shopper(tenant, request))
                                        .thenReturn(true))
                .defaultIfEmpty(false);
    }

    private Mono<Void> shopper(TenantId tenant, Claimed request) {
        Shopper shopper = Objects.requireNonNull(request.subject.shopper());
        return erasures.atomically(
                erasures.shopper(request.account(), shopper.id(), shopper.orders())
                        .flatMap(
                                erasure ->
                                        note(tenant, request, erasure)
                                                .then(
                                                        searchFor(
                                                                tenant,
                                                                request,
                                                                erasure.traces()
                                                                        .and(
                                                                                named(
                                                                                        request
                                                                                                .account(),
                                                                                        shopper))))));
    }

    /** What the provider itself says that the person goes by there. */
    private static Traces named(String account, Shopper shopper) {
        return new Traces(
                Stream.ofNullable(shopper.email())
                        .map(email -> email.strip().toLowerCase(Locale.ROOT))
                        .toList(),
                Stream.ofNullable(shopper.phone()).toList(),
                Stream.concat(Stream.of(shopper.id()), shopper.orders().stream())
                        .map(id -> new Erasure.SourceId(account, id.toString()))
                        .toList());
    }

    private Mono<Void> account(TenantId tenant, Claimed request) {
        return bodies.isWaiting(request.account(), request.requestedAt)
                .flatMap(
                        isWaiting ->
                                isWaiting
                                        ? postpone(tenant, request, 0)
                                        : erasures.atomically(
                                                erasures.someOfShop(request.account(), RECORDS)
                                                        .flatMap(
                                                                erasure ->
                                                                        note(
                                                                                        tenant,
                                                                                        request,
                                                                                        erasure)
                                                                                .then(
                                                                                        erasure
                                                                                                                .deleted()
                                                                                                        == 0
                                                                                                ? searchFor(
                                                                                                        tenant,
                                                                                                        request,
                                                                                                        Traces
                                                                                                                .NONE)
                                                                                                : Mono
                                                                                                        .empty()))));
    }

    private Mono<Void> note(TenantId tenant, Claimed request, Erasure erasure) {
        return database.sql(RECORDS_ERASED)
                .bind("tenant", tenant.value())
                .bind("id", request.id)
                .bind("deleted", erasure.deleted())
                .bind("stripped", erasure.stripped())
                .then();
    }

    private Mono<Void> searchFor(TenantId tenant, Claimed request, Traces traces) {
        byte[] subject =
                new Subject(request.subject.account(), null, traces)
                        .encrypted(keys, tenant, request.id);
        return database.sql(SEARCH_FROM_NOW_ON)
                .bind("tenant", tenant.value())
                .bind("id", request.id)
                .bind("subject", subject)
                .bind("key", SecretKeys.keyIdOf(subject))
                .then();
    }

    private Mono<Void> search(TenantId tenant, Claimed request) {
        TraceFinder finder = new TraceFinder(request.subject.traces());
        Mono<Searched> page =
                request.isOfAccount()
                        ? bodies.deleteAll(request.place(), request.account(), BODIES)
                        : bodies.search(
                                request.place(), request.subject.account(), BODIES, finder::isIn);
        return page.flatMap(searched -> afterPage(tenant, request, searched));
    }

    private Mono<Void> afterPage(TenantId tenant, Claimed request, Searched searched) {
        boolean hasWaiting = request.hasWaiting || searched.hasWaiting();
        Place next = searched.next();
        if (next != null) {
            return database.sql(SEARCHED)
                    .bind("tenant", tenant.value())
                    .bind("id", request.id)
                    .bind("deleted", searched.deleted())
                    .bind("until", SqlTime.of(next.receivedAt()))
                    .bind("searched", next.event())
                    .bind("waiting", hasWaiting)
                    .then();
        }
        return hasWaiting
                ? postpone(tenant, request, searched.deleted())
                : database.sql(DONE)
                        .bind("tenant", tenant.value())
                        .bind("id", request.id)
                        .bind("deleted", searched.deleted())
                        .then();
    }

    private Mono<Void> postpone(TenantId tenant, Claimed request, long deleted) {
        return database.sql(POSTPONE)
                .bind("tenant", tenant.value())
                .bind("id", request.id)
                .bind("seconds", (double) WHILE_SOMETHING_WAITS.toSeconds())
                .bind("deleted", deleted)
                .then();
    }
}
