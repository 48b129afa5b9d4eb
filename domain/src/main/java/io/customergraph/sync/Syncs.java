package io.customergraph.sync;

import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.SqlText;
import io.customergraph.sql.SqlTime;
import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Passes over what providers have, each by one node at a time. What a pass has read is known after
 * each page, so that a node which takes it up goes on there.
 */
public final class Syncs {

    /** Tenants with something to read; takes the names of providers, parted by commas. */
    public static final String WHOSE = "SELECT tenants_with_due_syncs(:providers)";

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    /** Clocks differ, and what changed while it was read may have been read as it was before. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final String BEGIN =
            """
            INSERT INTO integration_syncs (tenant_id, connection_id, resource)
            SELECT c.tenant_id, c.id, r.resource
            FROM json_to_recordset(:resources::json) AS r (provider text, resource text)
            JOIN integration_connections c ON c.provider = r.provider
            WHERE c.tenant_id = :tenant AND c.status = 'active'
            ON CONFLICT DO NOTHING
            """;

    private static final String CLAIM =
            """
            WITH due AS MATERIALIZED (
                SELECT s.connection_id, s.resource
                FROM integration_syncs s
                JOIN integration_connections c
                    ON c.tenant_id = s.tenant_id AND c.id = s.connection_id
                WHERE s.tenant_id = :tenant AND s.next_at <= now() AND c.status = 'active'
                  AND c.provider IN (
                      SELECT r.provider
                      FROM json_to_recordset(:resources::json) AS r (provider text))
                  AND (s.claimed_until IS NULL OR s.claimed_until <= now())
                ORDER BY s.next_at
                LIMIT :most
                FOR UPDATE OF s SKIP LOCKED)
            UPDATE integration_syncs s
            SET claimed_by = :node, claimed_until = now() + make_interval(secs => :lease),
                pass_began_at = coalesce(s.pass_began_at, now()),
                reads_from = CASE WHEN s.pass_began_at IS NULL
                                  THEN s.covered_until - make_interval(secs => :overlap)
                                  ELSE s.reads_from END,
                records = CASE WHEN s.pass_began_at IS NULL THEN 0 ELSE s.records END,
                rejected = CASE WHEN s.pass_began_at IS NULL THEN 0 ELSE s.rejected END,
                rejections = CASE WHEN s.pass_began_at IS NULL THEN '[]' ELSE s.rejections END
            FROM due d
            WHERE s.tenant_id = :tenant AND s.connection_id = d.connection_id
              AND s.resource = d.resource
            RETURNING s.connection_id, s.resource, s.reads_from, s.page
            """;

    private static final String MINE =
            """
            WHERE tenant_id = :tenant AND connection_id = :connection AND resource = :resource
              AND claimed_by = :node
            RETURNING resource
            """;

    /** Those that came first are kept: one cause often rejects many, and no row grows with them. */
    private static final String COUNT =
            """
            records = records + :records,
            rejected = rejected + jsonb_array_length(:rejections::jsonb),
            rejections = jsonb_path_query_array(rejections || :rejections::jsonb, '$[0 to 19]'),
            failures_in_a_row = 0, problem = NULL
            """;

    private static final String ADVANCE =
            """
            UPDATE integration_syncs
            SET reads_from = :since, page = :page,
                claimed_until = now() + make_interval(secs => :lease),
            """
                    + COUNT
                    + MINE;

    private static final String HOLD =
            """
            UPDATE integration_syncs SET claimed_until = now() + make_interval(secs => :lease)
            """
                    + MINE;

    private static final String FINISH =
            """
            UPDATE integration_syncs
            SET covered_until = pass_began_at, pass_began_at = NULL, reads_from = NULL,
                page = NULL, finished_at = now(),
                next_at = now() + make_interval(secs => :every),
                claimed_by = NULL, claimed_until = NULL,
            """
                    + COUNT
                    + MINE;

    private static final String POSTPONE =
            """
            UPDATE integration_syncs
            SET failures_in_a_row = failures_in_a_row + :failures,
                problem = CASE WHEN :failures > 0 THEN :problem ELSE problem END,
                next_at = now() + make_interval(secs => CASE
                    WHEN :failures = 0 THEN :pause
                    ELSE least(:pause * 2 ^ least(failures_in_a_row, 20), :longest)
                         * (0.5 + random() / 2) END),
                claimed_by = NULL, claimed_until = NULL
            """
                    + MINE;

    /** Who reads at a pass that begins anew, finds with the next page that it is not theirs. */
    private static final String REQUEST =
            """
            UPDATE integration_syncs
            SET next_at = now(), failures_in_a_row = 0,
                covered_until = CASE WHEN NOT :full THEN covered_until END,
                pass_began_at = CASE WHEN NOT :full THEN pass_began_at END,
                reads_from = CASE WHEN NOT :full THEN reads_from END,
                page = CASE WHEN NOT :full THEN page END,
                claimed_by = CASE WHEN NOT :full THEN claimed_by END,
                claimed_until = CASE WHEN NOT :full THEN claimed_until END
            WHERE tenant_id = :tenant AND connection_id = :connection
            """;

    private final DatabaseClient database;

    public Syncs(DatabaseClient database) {
        this.database = database;
    }

    private record Wanted(String provider, String resource) {}

    /**
     * Claims passes of the tenant of the context that are due, of connections that are active. What
     * was never read begins.
     *
     * @param resources by the provider's short name
     * @param most how many at once
     */
    public Mono<List<ClaimedSync>> claim(
            String node, Map<String, List<String>> resources, int most) {
        String rows =
                JsonRows.of(
                        resources.entrySet().stream()
                                .flatMap(
                                        one ->
                                                one.getValue().stream()
                                                        .map(
                                                                resource ->
                                                                        new Wanted(
                                                                                one.getKey(),
                                                                                resource)))
                                .toList());
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(BEGIN)
                                        .bind("tenant", tenant.value())
                                        .bind("resources", rows)
                                        .then()
                                        .then(
                                                database.sql(CLAIM)
                                                        .bind("tenant", tenant.value())
                                                        .bind("resources", rows)
                                                        .bind("node", node)
                                                        .bind("most", most)
                                                        .bind("lease", seconds(LEASE))
                                                        .bind("overlap", seconds(OVERLAP))
                                                        .map(Syncs::read)
                                                        .all()
                                                        .collectList()));
    }

    private static ClaimedSync read(Readable row) {
        return new ClaimedSync(
                Row.id(row, 0),
                Row.text(row, 1),
                new SyncPosition(Row.timeOrNull(row, 2), Row.textOrNull(row, 3)));
    }

    /**
     * Keeps that a page was read and what comes next.
     *
     * @param records how many came, those that were rejected among them
     * @return false where the claim is another node's by now, which reads the page again
     */
    public Mono<Boolean> advance(
            String node,
            ClaimedSync sync,
            SyncPosition next,
            int records,
            List<Rejection> rejections) {
        return changeMine(
                ADVANCE,
                node,
                sync,
                statement ->
                        statement
                                .bind("since", SqlTime.of(next.since()))
                                .bind("page", SqlText.of(next.page()))
                                .bind("records", records)
                                .bind("rejections", JsonRows.of(rejections))
                                .bind("lease", seconds(LEASE)));
    }

    /**
     * Keeps the claim while a page takes its time.
     *
     * @return false where it is another node's by now
     */
    public Mono<Boolean> hold(String node, ClaimedSync sync) {
        return changeMine(HOLD, node, sync, statement -> statement.bind("lease", seconds(LEASE)));
    }

    /**
     * Keeps that the last page was read.
     *
     * @param every the time until the next pass
     */
    public Mono<Boolean> finish(
            String node,
            ClaimedSync sync,
            int records,
            List<Rejection> rejections,
            Duration every) {
        return changeMine(
                FINISH,
                node,
                sync,
                statement ->
                        statement
                                .bind("records", records)
                                .bind("rejections", JsonRows.of(rejections))
                                .bind("every", seconds(every)));
    }

    /** Gives the pass back after a failure; each in a row is followed by a longer pause. */
    public Mono<Boolean> fail(String node, ClaimedSync sync, String problem) {
        return postpone(node, sync, FIRST_PAUSE, 1, problem);
    }

    /** Gives the pass back, because the provider asks to wait or because it is others' turn. */
    public Mono<Boolean> rest(String node, ClaimedSync sync, Duration pause) {
        return postpone(node, sync, pause, 0, "");
    }

    private Mono<Boolean> postpone(
            String node, ClaimedSync sync, Duration pause, int failures, String problem) {
        return changeMine(
                POSTPONE,
                node,
                sync,
                statement ->
                        statement
                                .bind("failures", failures)
                                .bind("problem", problem)
                                .bind("pause", seconds(pause))
                                .bind("longest", seconds(LONGEST_PAUSE)));
    }

    private Mono<Boolean> changeMine(
            String sql, String node, ClaimedSync sync, UnaryOperator<GenericExecuteSpec> bind) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                bind.apply(
                                                database.sql(sql)
                                                        .bind("tenant", tenant.value())
                                                        .bind("connection", sync.connection())
                                                        .bind("resource", sync.resource())
                                                        .bind("node", node))
                                        .map(row -> true)
                                        .one()
                                        .defaultIfEmpty(false));
    }

    /**
     * Makes all passes of a connection due. One that was never read begins anyway.
     *
     * @param full from the beginning, and not from where the last pass ended
     */
    public Mono<Void> request(UUID connection, boolean full) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(REQUEST)
                                        .bind("tenant", tenant.value())
                                        .bind("connection", connection)
                                        .bind("full", full)
                                        .then());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
