package io.customergraph.delivery;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;

/**
 * Deletes bodies that are older than their connection keeps them: of deliveries that are done, and
 * of dead letters after a longer time; never of what waits. Any number of nodes may.
 *
 * <p>The key by which deliveries are put in order goes too: it may be somebody's number.
 *
 * <p>The row gives its body up first, so that nobody has applied again what is about to go. A node
 * that dies before the body is deleted leaves one that no row names, which {@link BodySweep} finds.
 */
public final class BodyRetention {

    /** Tenants that have something to delete; takes how long a dead letter is kept in seconds. */
    public static final String WHOSE =
            "SELECT tenants_with_old_bodies(make_interval(secs => :dead))";

    private static final int PART = 200;
    private static final int MOST_PARTS = 50;

    private static final String GIVE_UP =
            """
            WITH kept AS (
                SELECT c.id, coalesce(w.body_retention, make_interval(secs => :usual)) AS done_for
                FROM integration_connections c
                LEFT JOIN integration_webhook_configs w
                    ON w.tenant_id = c.tenant_id AND w.connection_id = c.id
                WHERE c.tenant_id = :tenant),
            found AS MATERIALIZED (
                SELECT o.id
                FROM kept k
                CROSS JOIN LATERAL (
                    (SELECT e.id
                     FROM integration_events e
                     WHERE e.tenant_id = :tenant AND e.connection_id = k.id
                       AND e.body_ref IS NOT NULL AND e.status IN ('processed', 'ignored')
                       AND e.received_at < now() - k.done_for
                     ORDER BY e.received_at
                     LIMIT :limit)
                    UNION ALL
                    (SELECT e.id
                     FROM integration_events e
                     WHERE e.tenant_id = :tenant AND e.connection_id = k.id
                       AND e.body_ref IS NOT NULL AND e.status = 'dead'
                       AND e.received_at
                           < now() - greatest(k.done_for, make_interval(secs => :dead))
                     ORDER BY e.received_at
                     LIMIT :limit)) AS o
                LIMIT :limit),
            old AS MATERIALIZED (
                SELECT e.id, e.body_ref
                FROM integration_events e
                WHERE e.tenant_id = :tenant AND e.id IN (SELECT id FROM found)
                  AND e.body_ref IS NOT NULL
                  AND e.status IN ('processed', 'ignored', 'dead')
                FOR UPDATE SKIP LOCKED),
            """
                    + GivenUpBodies.OF_OLD;

    private final DatabaseClient database;
    private final GivenUpBodies givenUp;
    private final Duration dead;

    /**
     * Retention.
     *
     * @param dead how long the body of a dead letter is kept; where its connection keeps bodies
     *     longer, that long
     */
    public BodyRetention(DatabaseClient database, BodyStore store, Duration dead) {
        this.database = database;
        this.givenUp = new GivenUpBodies(store);
        this.dead = dead;
    }

    /** What {@link #WHOSE} takes. */
    public double deadSeconds() {
        return seconds(dead);
    }

    /** Deletes in parts, of the tenant of the context, until it is enough for one time. */
    public Mono<Void> work() {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                Flux.range(0, MOST_PARTS)
                                        .concatMap(_ -> part(tenant), 1)
                                        .takeUntil(deleted -> deleted < PART)
                                        .then());
    }

    private Mono<Long> part(TenantId tenant) {
        return givenUp.delete(
                tenant,
                database.sql(GIVE_UP)
                        .bind("usual", seconds(WebhookConfig.DEFAULT.bodyRetention()))
                        .bind("dead", seconds(dead))
                        .bind("limit", PART));
    }

    private static double seconds(Duration time) {
        return time.toSeconds();
    }
}
