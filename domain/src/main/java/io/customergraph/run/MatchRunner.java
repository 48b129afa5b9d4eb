package io.customergraph.run;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.model.ScoringModels;
import io.customergraph.review.CandidateQueue;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Does the runs that wait. What it needs of a customer is kept in memory, about a hundred bytes, in
 * columns; rows come and pairs go in batches.
 */
public final class MatchRunner {

    private static final int STORED = 1_000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** A pair that is known stays as it is: decided, or due when its customers change. */
    private static final String STORE =
            """
            INSERT INTO match_candidates (
                tenant_id, id, customer_id, other_customer_id, reason)
            SELECT :tenant, r.id, least(a, b), greatest(a, b), 'below_automatic'
            FROM json_to_recordset(:rows::json) AS r (id uuid, a uuid, b uuid)
            JOIN customers one ON one.tenant_id = :tenant AND one.id = r.a AND one.status IN ('active', 'inactive')
            JOIN customers two ON two.tenant_id = :tenant AND two.id = r.b AND two.status IN ('active', 'inactive')
            ON CONFLICT DO NOTHING
            """;

    private static final String DUE =
            """
            SELECT count(*) FROM match_candidates
            WHERE tenant_id = :tenant AND status = 'open' AND due_at <= now()
            """;

    private final DatabaseClient database;
    private final MatchRuns runs;
    private final CandidateQueue queue;
    private final ScoringModels models;
    private final CustomerReader reader;
    private final TrainingRun training;

    public MatchRunner(
            DatabaseClient database,
            TransactionalOperator transaction,
            MatchRuns runs,
            CandidateQueue queue,
            Clock clock) {
        this.database = database;
        this.runs = runs;
        this.queue = queue;
        this.models = new ScoringModels(database);
        this.reader = new CustomerReader(database, runs, clock);
        this.training = new TrainingRun(database, transaction, runs);
    }

    /** Does the run of the tenant of the context that waits; nothing where none does. */
    public Mono<Void> work() {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                runs.claim(tenant)
                                        .flatMap(run -> beating(tenant, run, run(tenant, run))));
    }

    /** Tells other nodes that the run is being worked at, however long a phase takes. */
    private Mono<Void> beating(TenantId tenant, MatchRuns.Claimed run, Mono<Void> work) {
        return Mono.deferContextual(
                context ->
                        Mono.using(
                                () ->
                                        Flux.interval(HEARTBEAT)
                                                .concatMap(tick -> runs.beat(tenant, run.id()))
                                                .onErrorComplete()
                                                .contextWrite(Context.of(context))
                                                .subscribe(),
                                heart -> work,
                                Disposable::dispose));
    }

    private Mono<Void> run(TenantId tenant, MatchRuns.Claimed run) {
        return reader.read(tenant, run.id())
                .flatMap(
                        read ->
                                run.isTraining()
                                        ? training.train(tenant, run.id(), read)
                                        : compare(tenant, run, read))
                .onErrorResume(
                        failure ->
                                runs.fail(tenant, run.id(), failure)
                                        .then(Mono.<Void>error(failure)));
    }

    private Mono<Void> compare(TenantId tenant, MatchRuns.Claimed run, ReadCustomers read) {
        return runs.progress(tenant, run.id(), "comparing", 0, read.size())
                .then(Mono.defer(() -> model(tenant, run)))
                .flatMap(
                        model ->
                                Mono.fromCallable(
                                                () ->
                                                        FoundPairs.among(
                                                                read.ids(),
                                                                read.population(),
                                                                model))
                                        .subscribeOn(Schedulers.boundedElastic()))
                .flatMap(
                        found ->
                                runs.compared(tenant, run.id(), found)
                                        .then(
                                                run.isApplied()
                                                        ? apply(tenant, run.id(), found)
                                                        : Mono.empty()))
                .then(Mono.defer(() -> runs.finish(tenant, run.id())));
    }

    /** The model that was pinned; a run that an operator asked for may pin none. */
    private Mono<MatchModel> model(TenantId tenant, MatchRuns.Claimed run) {
        String version = run.model();
        return version == null
                ? models.inUse(tenant)
                : models.ofVersion(tenant, version)
                        .switchIfEmpty(
                                Mono.error(
                                        () ->
                                                new IllegalStateException(
                                                        "Run " + run.id() + " has no model")));
    }

    private record PairRow(UUID id, UUID a, UUID b) {}

    private Mono<Void> apply(TenantId tenant, UUID run, FoundPairs found) {
        int pairs = found.pairs().size();
        return Flux.range(0, (pairs + STORED - 1) / STORED)
                .concatMap(batch -> store(tenant, run, found, batch * STORED))
                .then(Mono.defer(() -> decide(tenant, run)));
    }

    private Mono<Void> store(TenantId tenant, UUID run, FoundPairs found, int from) {
        int to = Math.min(found.pairs().size(), from + STORED);
        List<PairRow> rows = new ArrayList<>(to - from);
        for (int pair = from; pair < to; pair++) {
            rows.add(new PairRow(TimeOrderedId.next(), found.a(pair), found.b(pair)));
        }
        return database.sql(STORE)
                .bind("tenant", tenant.value())
                .bind("rows", JsonRows.of(rows))
                .then()
                .then(runs.progress(tenant, run, "storing", to, found.pairs().size()));
    }

    /** Until nothing is due: what is merged makes others due, and each time there are fewer. */
    private Mono<Void> decide(TenantId tenant, UUID run) {
        return due(tenant)
                .flatMap(
                        all ->
                                queue.work()
                                        .then(Mono.defer(() -> due(tenant)))
                                        .flatMap(
                                                left ->
                                                        runs.progress(
                                                                        tenant,
                                                                        run,
                                                                        "deciding",
                                                                        Math.max(0, all - left),
                                                                        all)
                                                                .thenReturn(left))
                                        .repeat()
                                        .takeUntil(left -> left == 0)
                                        .then());
    }

    private Mono<Long> due(TenantId tenant) {
        return database.sql(DUE)
                .bind("tenant", tenant.value())
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one();
    }
}
