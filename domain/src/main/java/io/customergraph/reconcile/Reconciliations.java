package io.customergraph.reconcile;

import io.customergraph.paging.Row;
import io.customergraph.sql.SqlText;
import io.customergraph.sql.SqlTime;
import io.customergraph.sync.SyncPosition;
import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Runs as nodes work at them, each by one node at a time. Where a run stands is written down with
 * what was done until there, so that a node which takes it up goes on there and nothing counts
 * twice.
 */
public final class Reconciliations {

    /** Tenants whose runs wait for a node. */
    public static final String WHOSE = "SELECT tenants_with_due_reconciliations()";

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** A provider that does not answer for hours is asked again by another run. */
    private static final int MOST_FAILURES = 10;

    private static final int CLEARED = 5_000;

    /** A run that ends its node each time is not tried for ever. */
    private static final String CLAIM =
            """
            WITH due AS MATERIALIZED (
                SELECT id FROM reconciliations
                WHERE tenant_id = :tenant AND status IN ('queued', 'running') AND next_at <= now()
                  AND (claimed_until IS NULL OR claimed_until <= now())
                ORDER BY next_at
                LIMIT :most
                FOR UPDATE SKIP LOCKED)
            UPDATE reconciliations r
            SET status = 'running', claimed_by = :node,
                claimed_until = now() + make_interval(secs => :lease),
                failures_in_a_row = r.failures_in_a_row
                    + CASE WHEN r.claimed_by IS NULL THEN 0 ELSE 1 END,
                phase = CASE WHEN r.claimed_by IS NULL OR r.failures_in_a_row + 1 < :failures
                    THEN r.phase ELSE 'clearing' END,
                problem = CASE WHEN r.claimed_by IS NULL OR r.failures_in_a_row + 1 < :failures
                    THEN r.problem ELSE 'abandoned' END
            FROM due d
            WHERE r.tenant_id = :tenant AND r.id = d.id
            RETURNING r.id, r.connection_id, r.resources, r.repairs, r.phase, r.place,
                      r.reads_from, r.page, r.after_id, r.unreadable, r.kept
            """;

    private static final String MINE =
            """
            WHERE tenant_id = :tenant AND id = :id AND claimed_by = :node
            RETURNING id
            """;

    private static final String BEGIN =
            """
            UPDATE reconciliations
            SET phase = 'reading', resources = :resources, began_at = now()
            """
                    + MINE;

    /** What of a complete reading is all there is. */
    private static final String EXPECT =
            """
            INSERT INTO reconciliation_entities (tenant_id, reconciliation_id, record_type, is_whole)
            SELECT :tenant, :id, t.code, true FROM unnest(:types::text[]) AS t (code)
            ON CONFLICT DO NOTHING
            """;

    private static final String ADVANCE =
            """
            UPDATE reconciliations
            SET records = CASE WHEN phase <> :phase AND :phase = 'repairing' THEN 0
                               ELSE records + :records END,
                phase = :phase, place = :place, reads_from = :since, page = :page,
                after_id = :after, unreadable = :unreadable, kept = :kept, failures_in_a_row = 0,
                problem = CASE WHEN phase = 'clearing' THEN problem END,
                claimed_until = now() + make_interval(secs => :lease)
            """
                    + MINE;

    private static final String REST =
            """
            UPDATE reconciliations
            SET next_at = now() + make_interval(secs => :pause),
                claimed_by = NULL, claimed_until = NULL
            """
                    + MINE;

    private static final String FAIL =
            """
            UPDATE reconciliations
            SET failures_in_a_row = failures_in_a_row + 1, problem = :problem,
                phase = CASE WHEN failures_in_a_row + 1 < :most THEN phase ELSE 'clearing' END,
                next_at = CASE WHEN failures_in_a_row + 1 < :most
                    THEN now() + make_interval(secs =>
                        least(:pause * 2 ^ failures_in_a_row, :longest) * (0.5 + random() / 2))
                    ELSE now() END,
                claimed_by = NULL, claimed_until = NULL
            """
                    + MINE;

    private static final String FINISH =
            """
            UPDATE reconciliations
            SET status = CASE WHEN problem IS NULL THEN 'finished' ELSE 'failed' END,
                phase = 'done', finished_at = now(), claimed_by = NULL, claimed_until = NULL
            """
                    + MINE;

    private static final String CLEAR =
            """
            DELETE FROM reconciliation_records
            WHERE tenant_id = :tenant AND reconciliation_id = :id
              AND (record_type, external_id) IN (
                  SELECT record_type, external_id FROM reconciliation_records
                  WHERE tenant_id = :tenant AND reconciliation_id = :id
                  LIMIT :most)
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    public Reconciliations(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /**
     * Claims runs of the tenant of the context that are due.
     *
     * @param most how many at once
     */
    public Mono<List<ClaimedReconciliation>> claim(String node, int most) {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(CLAIM)
                                        .bind("tenant", tenant.value())
                                        .bind("node", node)
                                        .bind("most", most)
                                        .bind("failures", MOST_FAILURES)
                                        .bind("lease", seconds(LEASE))
                                        .map(Reconciliations::read)
                                        .all()
                                        .collectList());
    }

    private static ClaimedReconciliation read(Readable row) {
        return new ClaimedReconciliation(
                Row.id(row, 0),
                Row.id(row, 1),
                Row.texts(row, 2),
                Row.flag(row, 3),
                Phase.ofCode(Row.text(row, 4)),
                Row.number(row, 5),
                new SyncPosition(Row.timeOrNull(row, 6), Row.textOrNull(row, 7)),
                Row.text(row, 8),
                Row.bigNumber(row, 9),
                Row.number(row, 10));
    }

    /**
     * Begins to read.
     *
     * @param resources what is read
     * @param whole the types of records of which these resources have all
     * @return the run as it is then; an error ({@link ClaimLost}) where it is another node's
     */
    public Mono<ClaimedReconciliation> begin(
            String node, ClaimedReconciliation run, Set<String> resources, Set<String> whole) {
        List<String> inOrder = List.copyOf(new TreeSet<>(resources));
        return transaction.transactional(
                mine(BEGIN, node, run.id())
                        .flatMap(
                                sql ->
                                        changed(
                                                sql.bind(
                                                        "resources",
                                                        inOrder.toArray(String[]::new))))
                        .then(
                                statement(EXPECT, run.id())
                                        .flatMap(
                                                sql ->
                                                        sql.bind(
                                                                        "types",
                                                                        whole.toArray(
                                                                                String[]::new))
                                                                .then()))
                        .thenReturn(
                                new ClaimedReconciliation(
                                        run.id(),
                                        run.connection(),
                                        inOrder,
                                        run.repairs(),
                                        Phase.READING,
                                        0,
                                        ClaimedReconciliation.START,
                                        "",
                                        0,
                                        0)));
    }

    /**
     * Writes down where a run stands; within the transaction of what was done until there.
     *
     * @param records how many were read on the way
     * @return an error ({@link ClaimLost}) where the run is another node's
     */
    Mono<ClaimedReconciliation> advance(String node, ClaimedReconciliation next, int records) {
        return mine(ADVANCE, node, next.id())
                .flatMap(
                        sql ->
                                changed(
                                        sql.bind("phase", next.phase().code())
                                                .bind("place", next.place())
                                                .bind("since", SqlTime.of(next.position().since()))
                                                .bind("page", SqlText.of(next.position().page()))
                                                .bind("after", next.after())
                                                .bind("unreadable", next.unreadable())
                                                .bind("kept", next.kept())
                                                .bind("records", (long) records)
                                                .bind("lease", seconds(LEASE))))
                .thenReturn(next);
    }

    /** Gives the run back, because the provider asks to wait or because it is others' turn. */
    public Mono<Void> rest(String node, ClaimedReconciliation run, Duration pause) {
        return mine(REST, node, run.id()).flatMap(sql -> sql.bind("pause", seconds(pause)).then());
    }

    /** Gives the run back after a failure; it ends with the tenth in a row. */
    public Mono<Void> fail(String node, ClaimedReconciliation run, String problem) {
        return fail(node, run, problem, MOST_FAILURES);
    }

    /** Ends the run, as nothing can come of it. */
    public Mono<Void> giveUp(String node, ClaimedReconciliation run, String problem) {
        return fail(node, run, problem, 0);
    }

    private Mono<Void> fail(String node, ClaimedReconciliation run, String problem, int most) {
        return mine(FAIL, node, run.id())
                .flatMap(
                        sql ->
                                sql.bind("problem", problem)
                                        .bind("most", most)
                                        .bind("pause", seconds(FIRST_PAUSE))
                                        .bind("longest", seconds(LONGEST_PAUSE))
                                        .then());
    }

    /**
     * Deletes some of what was kept for the comparison, or ends the run where nothing is left.
     *
     * @return the run; empty where it ended
     */
    public Mono<ClaimedReconciliation> clear(String node, ClaimedReconciliation run) {
        return statement(CLEAR, run.id())
                .flatMap(sql -> sql.bind("most", CLEARED).fetch().rowsUpdated())
                .flatMap(
                        deleted ->
                                deleted == 0
                                        ? mine(FINISH, node, run.id())
                                                .flatMap(GenericExecuteSpec::then)
                                                .then(Mono.empty())
                                        : advance(node, run, 0));
    }

    /** What was found so far, by type. */
    public Mono<List<ReconciliationEntity>> entities(ClaimedReconciliation run) {
        return statement(ReconciliationEntity.OF_RUN, run.id())
                .flatMap(sql -> sql.map(ReconciliationEntity::read).all().collectList());
    }

    private Mono<GenericExecuteSpec> mine(String sql, String node, UUID id) {
        return statement(sql, id).map(statement -> statement.bind("node", node));
    }

    private Mono<GenericExecuteSpec> statement(String sql, UUID id) {
        return TenantContext.tenant()
                .map(tenant -> database.sql(sql).bind("tenant", tenant.value()).bind("id", id));
    }

    private static Mono<Boolean> changed(GenericExecuteSpec statement) {
        return statement.map(row -> true).one().switchIfEmpty(Mono.error(ClaimLost::new));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
