package io.customergraph.reconcile;

import io.customergraph.ingest.DeletedRecord;
import io.customergraph.ingest.RecordDeletions;
import io.customergraph.ingest.RecordType;
import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Deletes what is too much here, some records at a time. */
public final class ExtraRecords {

    private static final int DELETED = 50;

    private static final String COUNT_ANEW =
            """
            UPDATE reconciliation_entities
            SET source_count = 0, count = 0, source_high = 0, source_low = 0, high = 0, low = 0,
                not_compared = 0, remaining = 0
            WHERE tenant_id = :tenant AND reconciliation_id = :run
            """;

    private static final String LEAVE_EXTRA =
            """
            UPDATE reconciliation_differences SET problem = :problem
            WHERE tenant_id = :tenant AND reconciliation_id = :run AND record_type = :type
              AND kind = 'extra'
            """;

    private static final String LEAVE =
            """
            UPDATE reconciliation_differences SET problem = 'still_there'
            WHERE tenant_id = :tenant AND reconciliation_id = :run AND record_type = :type
              AND external_id = ANY (:ids)
            """;

    private static final String BEGAN =
            "SELECT began_at FROM reconciliations WHERE tenant_id = :tenant AND id = :run";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Reconciliations runs;
    private final RecordDeletions deletions;

    public ExtraRecords(
            DatabaseClient database,
            TransactionalOperator transaction,
            Reconciliations runs,
            RecordDeletions deletions) {
        this.database = database;
        this.transaction = transaction;
        this.runs = runs;
        this.deletions = deletions;
    }

    /** Asks the source once more. */
    @FunctionalInterface
    public interface StillThere {

        /** Those of some records that it has all the same, though no reading had them. */
        Mono<Set<String>> of(RecordType type, List<String> externalIds);
    }

    /**
     * Deletes a part of what is here and neither reading had; not where that is most of what is
     * here, or a record could not be read, which might be one of them.
     *
     * @return where the run goes on; an error ({@link ClaimLost}) where it is another node's
     */
    public Mono<ClaimedReconciliation> delete(
            String node,
            ClaimedReconciliation run,
            String source,
            String account,
            StillThere stillThere) {
        return runs.entities(run)
                .flatMap(
                        entities -> {
                            if (run.place() >= entities.size()) {
                                return transaction.transactional(
                                        statement(COUNT_ANEW, run)
                                                .flatMap(GenericExecuteSpec::then)
                                                .then(
                                                        Mono.defer(
                                                                () ->
                                                                        runs.advance(
                                                                                node,
                                                                                run.at(
                                                                                        Phase
                                                                                                .CHECKING),
                                                                                0))));
                            }
                            ReconciliationEntity entity = entities.get(run.place());
                            if (entity.extra() == 0) {
                                return runs.advance(node, run.atNextPlace(), 0);
                            }
                            if (run.unreadable() > 0) {
                                return leave(node, run, entity, "not_confirmed");
                            }
                            return entity.hasTooManyExtra()
                                    ? leave(node, run, entity, "too_many")
                                    : delete(
                                            node,
                                            run,
                                            RecordType.ofCode(entity.type()),
                                            source,
                                            account,
                                            stillThere);
                        });
    }

    private Mono<ClaimedReconciliation> leave(
            String node, ClaimedReconciliation run, ReconciliationEntity entity, String why) {
        return transaction.transactional(
                statement(LEAVE_EXTRA, run)
                        .flatMap(sql -> sql.bind("type", entity.type()).bind("problem", why).then())
                        .then(Mono.defer(() -> runs.advance(node, run.atNextPlace(), 0))));
    }

    /** The claim is renewed before, so that nobody else's deletion is done a second time. */
    private Mono<ClaimedReconciliation> delete(
            String node,
            ClaimedReconciliation run,
            RecordType type,
            String source,
            String account,
            StillThere stillThere) {
        return runs.advance(node, run, 0)
                .then(Mono.defer(() -> extra(run, type, source, account)))
                .flatMap(
                        extra ->
                                stillThere
                                        .of(type, extra)
                                        .flatMap(
                                                there ->
                                                        delete(
                                                                run, type, source, account, extra,
                                                                there))
                                        .then(
                                                Mono.defer(
                                                        () ->
                                                                runs.advance(
                                                                        node,
                                                                        after(run, extra),
                                                                        0))));
    }

    private static ClaimedReconciliation after(ClaimedReconciliation run, List<String> extra) {
        return extra.size() < DELETED ? run.atNextPlace() : run.after(extra.getLast());
    }

    private Mono<Void> leave(ClaimedReconciliation run, RecordType type, Set<String> there) {
        return there.isEmpty()
                ? Mono.empty()
                : statement(LEAVE, run)
                        .flatMap(
                                sql ->
                                        sql.bind("type", type.code())
                                                .bind("ids", there.toArray(String[]::new))
                                                .then());
    }

    /** Versions up to the beginning of the run are of what was deleted. */
    private Mono<Void> delete(
            ClaimedReconciliation run,
            RecordType type,
            String source,
            String account,
            List<String> extra,
            Set<String> there) {
        return leave(run, type, there)
                .then(began(run))
                .flatMap(
                        began ->
                                deletions.apply(
                                        extra.stream()
                                                .filter(id -> !there.contains(id))
                                                .map(
                                                        id ->
                                                                new DeletedRecord(
                                                                        type, source, account, id,
                                                                        began, false, null))
                                                .toList()));
    }

    private Mono<Instant> began(ClaimedReconciliation run) {
        return statement(BEGAN, run).flatMap(sql -> sql.map(row -> Row.time(row, 0)).one());
    }

    private Mono<List<String>> extra(
            ClaimedReconciliation run, RecordType type, String source, String account) {
        return statement(ComparisonSql.extra(type), run)
                .map(sql -> type.isShopify() ? sql : sql.bind("source", source))
                .flatMap(
                        sql ->
                                sql.bind("account", account)
                                        .bind("after", run.after())
                                        .bind("most", DELETED)
                                        .bind("settling", (double) Comparison.SETTLING.toSeconds())
                                        .map(row -> Row.text(row, 0))
                                        .all()
                                        .collectList());
    }

    private Mono<GenericExecuteSpec> statement(String sql, ClaimedReconciliation run) {
        return TenantContext.tenant()
                .map(
                        tenant ->
                                database.sql(sql)
                                        .bind("tenant", tenant.value())
                                        .bind("run", run.id()));
    }
}
