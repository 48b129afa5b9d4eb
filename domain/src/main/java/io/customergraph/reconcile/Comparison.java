package io.customergraph.reconcile;

import io.customergraph.ingest.RecordType;
import io.customergraph.ingest.RecordVersion;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The work of runs: keeps which versions a reading had, and compares them with the rows of here.
 * Every part is one transaction with what is written down of where the run stands, and costs a
 * constant number of statements.
 */
public final class Comparison {

    /** Differences of a run that are kept; more are counted. */
    public static final int MOST_KEPT = 10_000;

    /**
     * What changed so shortly before the run began may be on its way here, and clocks differ; as
     * long as passes over histories read anew.
     */
    static final Duration SETTLING = Duration.ofMinutes(10);

    private static final int COMPARED = 2_000;

    private static final String REMEMBER =
            """
            INSERT INTO reconciliation_records AS s (
                tenant_id, reconciliation_id, record_type, external_id, updated_at, content_hash,
                reading, is_rejected)
            SELECT DISTINCT ON (record_type, external_id)
                   :tenant, :run, record_type, external_id, updated_at,
                   decode(content_hash, 'hex'), :reading, is_rejected
            FROM json_to_recordset(:rows::json) AS r (
                record_type text, external_id text, updated_at timestamptz, content_hash text,
                is_rejected boolean)
            ORDER BY record_type, external_id, updated_at DESC
            ON CONFLICT (tenant_id, reconciliation_id, record_type, external_id) DO UPDATE SET
                updated_at = excluded.updated_at, content_hash = excluded.content_hash,
                reading = excluded.reading, is_rejected = excluded.is_rejected
            WHERE s.updated_at <= excluded.updated_at OR s.reading < excluded.reading
            """;

    /** Types that no resource was expected to have: of them nothing can be told to be too much. */
    private static final String MEET =
            """
            INSERT INTO reconciliation_entities (
                tenant_id, reconciliation_id, record_type, is_whole)
            SELECT :tenant, :run, t.code, false FROM unnest(:types::text[]) AS t (code)
            ON CONFLICT DO NOTHING
            """;

    private static final String REPAIRED =
            """
            UPDATE reconciliation_differences SET repaired_at = now()
            WHERE tenant_id = :tenant AND reconciliation_id = :run AND problem IS NULL
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Reconciliations runs;

    public Comparison(
            DatabaseClient database, TransactionalOperator transaction, Reconciliations runs) {
        this.database = database;
        this.transaction = transaction;
        this.runs = runs;
    }

    /** A version that was read, as a row. */
    private record ReadVersion(
            String recordType,
            String externalId,
            Instant updatedAt,
            String contentHash,
            boolean isRejected) {}

    /**
     * Keeps what a page had, and that it was read.
     *
     * @return where the run goes on; an error ({@link ClaimLost}) where it is another node's
     */
    public Mono<ClaimedReconciliation> keep(
            String node, ClaimedReconciliation run, SourceReading page) {
        List<ReadVersion> versions =
                page.versions().stream()
                        .map(
                                version ->
                                        new ReadVersion(
                                                version.recordType(),
                                                version.externalId(),
                                                version.updatedAt(),
                                                version.contentHash(),
                                                page.isRejected(version)))
                        .toList();
        String[] types =
                page.versions().stream()
                        .map(RecordVersion::recordType)
                        .distinct()
                        .toArray(String[]::new);
        Mono<Void> remembered =
                versions.isEmpty()
                        ? Mono.empty()
                        : statement(REMEMBER, run)
                                .flatMap(
                                        sql ->
                                                sql.bind("reading", run.phase().reading())
                                                        .bind("rows", JsonRows.of(versions))
                                                        .then())
                                .then(statement(MEET, run))
                                .flatMap(sql -> sql.bind("types", types).then());
        return transaction.transactional(
                runs.advance(node, run.afterPage(page), page.records())
                        .flatMap(next -> remembered.thenReturn(next)));
    }

    /**
     * Compares a part of what was read and what is here.
     *
     * @param source the provider's short name
     * @param account the provider's name of the account
     * @return where the run goes on; an error ({@link ClaimLost}) where it is another node's
     */
    public Mono<ClaimedReconciliation> compare(
            String node, ClaimedReconciliation run, String source, String account) {
        return runs.entities(run)
                .flatMap(
                        entities ->
                                transaction.transactional(
                                        run.place() / 2 < entities.size()
                                                ? compare(
                                                        node,
                                                        run,
                                                        entities.get(run.place() / 2),
                                                        source,
                                                        account)
                                                : compared(node, run, entities, account)));
    }

    /** What came of a part. */
    private record Part(long records, String last, int kept) {}

    private Mono<ClaimedReconciliation> compare(
            String node,
            ClaimedReconciliation run,
            ReconciliationEntity entity,
            String source,
            String account) {
        RecordType type = RecordType.ofCode(entity.type());
        boolean isSource = run.place() % 2 == 0;
        String sql =
                isSource
                        ? ComparisonSql.ofSource(type, run.phase())
                        : ComparisonSql.ofHere(type, run.phase());
        return statement(sql, run)
                .map(
                        statement ->
                                isSource
                                        ? statement
                                                .bind("source", source)
                                                .bind("reading", run.phase().reading())
                                        : here(statement, run, entity, type, source))
                .map(statement -> isFirst(run) ? room(statement, run) : statement)
                .flatMap(
                        statement ->
                                statement
                                        .bind("type", entity.type())
                                        .bind("account", account)
                                        .bind("after", run.after())
                                        .bind("most", COMPARED)
                                        .bind("settling", (double) SETTLING.toSeconds())
                                        .map(
                                                row ->
                                                        new Part(
                                                                Row.bigNumber(row, 0),
                                                                Objects.requireNonNullElse(
                                                                        Row.textOrNull(row, 1), ""),
                                                                (int) Row.bigNumber(row, 2)))
                                        .one())
                .flatMap(
                        part -> {
                            ClaimedReconciliation next =
                                    isFirst(run) ? run.withKept(part.kept) : run;
                            return runs.advance(
                                    node,
                                    part.records < COMPARED
                                            ? next.atNextPlace()
                                            : next.after(part.last),
                                    0);
                        });
    }

    private static boolean isFirst(ClaimedReconciliation run) {
        return run.phase() == Phase.COMPARING;
    }

    private static GenericExecuteSpec room(
            GenericExecuteSpec statement, ClaimedReconciliation run) {
        return statement.bind("kept", run.kept()).bind("room", Math.max(0, MOST_KEPT - run.kept()));
    }

    private static GenericExecuteSpec here(
            GenericExecuteSpec statement,
            ClaimedReconciliation run,
            ReconciliationEntity entity,
            RecordType type,
            String source) {
        GenericExecuteSpec told = statement.bind("isTold", tellsExtra(run, entity));
        return type.isShopify() ? told : told.bind("source", source);
    }

    /** Only a complete reading tells what is too much; what was told once is told again. */
    private static boolean tellsExtra(ClaimedReconciliation run, ReconciliationEntity entity) {
        return entity.isWhole() && (isFirst(run) ? run.unreadable() == 0 : entity.extra() > 0);
    }

    private Mono<ClaimedReconciliation> compared(
            String node,
            ClaimedReconciliation run,
            List<ReconciliationEntity> entities,
            String account) {
        if (!isFirst(run)) {
            return statement(REPAIRED, run)
                    .flatMap(GenericExecuteSpec::then)
                    .then(Mono.defer(() -> runs.advance(node, run.at(Phase.CLEARING), 0)));
        }
        boolean differs = entities.stream().anyMatch(entity -> entity.differences() > 0);
        if (!run.repairs() || !differs) {
            return runs.advance(node, run.at(Phase.CLEARING), 0);
        }
        return Flux.fromIterable(entities)
                .filter(entity -> entity.unlinked() > 0)
                .concatMap(
                        entity ->
                                statement(
                                                ComparisonSql.linkAnew(
                                                        RecordType.ofCode(entity.type())),
                                                run)
                                        .flatMap(sql -> sql.bind("account", account).then()))
                .then(Mono.defer(() -> runs.advance(node, run.at(Phase.REPAIRING), 0)));
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
