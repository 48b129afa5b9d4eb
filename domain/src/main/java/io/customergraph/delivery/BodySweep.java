package io.customergraph.delivery;

import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Deletes bodies that no delivery names: of nodes that died between a body and its row, or between
 * the end of its retention and its deletion. It looks at a page of the store at a time, and asks
 * the database once for each. Of nodes that want to, one looks through a tenant's part.
 */
public final class BodySweep {

    /** Tenants whose part is due; takes the time between two sweeps in seconds. */
    public static final String WHOSE =
            "SELECT tenants_with_due_body_sweeps(make_interval(secs => :every))";

    private static final Logger LOG = LoggerFactory.getLogger(BodySweep.class);
    private static final Duration SHORTEST_AGE = Duration.ofHours(1);
    private static final int PAGE = 1_000;
    private static final int DELETED_AT_ONCE = 8;

    private static final String BEGIN =
            """
            INSERT INTO integration_body_sweeps AS s (tenant_id, begun_at)
            VALUES (:tenant, now())
            ON CONFLICT (tenant_id) DO UPDATE
            SET begun_at = EXCLUDED.begun_at
            WHERE s.begun_at <= now() - make_interval(secs => :every)
            RETURNING tenant_id
            """;

    private static final String NOT_DONE =
            "UPDATE integration_body_sweeps SET begun_at = '-infinity' WHERE tenant_id = :tenant";

    private static final String NOBODYS =
            """
            SELECT r.reference
            FROM unnest(:references) AS r (reference)
            WHERE NOT EXISTS (
                SELECT FROM integration_events e
                WHERE e.tenant_id = :tenant AND e.body_ref = r.reference)
            """;

    private final DatabaseClient database;
    private final BodyStore store;
    private final InstantSource clock;
    private final Duration every;
    private final Duration age;

    /**
     * A sweep.
     *
     * @param every the time between two of a tenant
     * @param age how old a body is whose row does not come any more; an hour at least
     */
    public BodySweep(
            DatabaseClient database,
            BodyStore store,
            InstantSource clock,
            Duration every,
            Duration age) {
        if (age.compareTo(SHORTEST_AGE) < 0) {
            throw new IllegalArgumentException(
                    "Bodies without a row are deleted after an hour at the earliest: a row may be"
                            + " on its way");
        }
        this.database = database;
        this.store = store;
        this.clock = clock;
        this.every = every;
        this.age = age;
    }

    /** What {@link #WHOSE} takes. */
    public double everySeconds() {
        return every.toSeconds();
    }

    /** Looks through the part of the tenant of the context, where nobody else did meanwhile. */
    public Mono<Void> work() {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                begin(tenant)
                                        .flatMap(_ -> sweep(tenant))
                                        .doOnNext(deleted -> note(tenant, deleted))
                                        .then());
    }

    private Mono<Long> sweep(TenantId tenant) {
        return page(tenant, "")
                .expand(
                        page -> {
                            String next = page.next();
                            return next == null ? Mono.empty() : page(tenant, next);
                        })
                .reduce(0L, (sum, page) -> sum + page.deleted())
                .onErrorResume(failure -> notDone(tenant).then(Mono.error(failure)));
    }

    private record Swept(long deleted, @Nullable String next) {}

    private Mono<Swept> page(TenantId tenant, String after) {
        return store.list(tenant, clock.instant().minus(age), after, PAGE)
                .flatMap(
                        page ->
                                nobodys(tenant, page.references())
                                        .flatMap(
                                                references ->
                                                        Flux.fromIterable(references)
                                                                .flatMap(
                                                                        one ->
                                                                                store.delete(
                                                                                        tenant,
                                                                                        one),
                                                                        DELETED_AT_ONCE)
                                                                .then(
                                                                        Mono.just(
                                                                                new Swept(
                                                                                        references
                                                                                                .size(),
                                                                                        page
                                                                                                .next())))));
    }

    private Mono<List<String>> nobodys(TenantId tenant, List<String> references) {
        return references.isEmpty()
                ? Mono.just(List.of())
                : database.sql(NOBODYS)
                        .bind("tenant", tenant.value())
                        .bind("references", references.toArray(String[]::new))
                        .map(row -> Row.text(row, 0))
                        .all()
                        .collectList();
    }

    private Mono<String> begin(TenantId tenant) {
        return database.sql(BEGIN)
                .bind("tenant", tenant.value())
                .bind("every", (double) every.toSeconds())
                .map(row -> Row.text(row, 0))
                .one();
    }

    /** The next round begins again. */
    private Mono<Void> notDone(TenantId tenant) {
        return database.sql(NOT_DONE).bind("tenant", tenant.value()).then();
    }

    private static void note(TenantId tenant, long deleted) {
        if (deleted > 0) {
            LOG.info("{} bodies of tenant {} that no delivery names were deleted", deleted, tenant);
        }
    }
}
