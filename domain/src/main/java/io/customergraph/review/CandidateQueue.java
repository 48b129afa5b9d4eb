package io.customergraph.review;

import io.customergraph.merge.AutomaticMerges;
import io.customergraph.model.ScoringModels;
import io.customergraph.sql.JsonRows;
import io.customergraph.sql.LostRace;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Scores the candidates that are due: what is evident is merged, what is unlikely is closed, and
 * the rest waits for a person. Any number of nodes may work at it.
 */
public final class CandidateQueue {

    private static final int BATCH = 200;
    private static final int MAX_ROUNDS = 50;
    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final ComparedCustomers customers;
    private final ScoringModels models;
    private final Clock clock;
    private final AutomaticMerges merges;

    public CandidateQueue(DatabaseClient database, TransactionalOperator transaction, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.customers = new ComparedCustomers(database);
        this.models = new ScoringModels(database);
        this.clock = clock;
        this.merges = new AutomaticMerges(database);
    }

    /** Works until nothing of the tenant of the context is due, or much has been done. */
    public Mono<Void> work() {
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                batch(tenant)
                                        .repeat(MAX_ROUNDS)
                                        .takeUntil(looked -> looked == 0)
                                        .then());
    }

    /** How many it looked at. */
    private Mono<Integer> batch(TenantId tenant) {
        return Mono.defer(
                        () ->
                                transaction.transactional(
                                        claim(tenant)
                                                .flatMap(
                                                        due ->
                                                                due.isEmpty()
                                                                        ? Mono.just(0)
                                                                        : takeBack(tenant, due)
                                                                                .then(
                                                                                        Mono.defer(
                                                                                                () ->
                                                                                                        decide(
                                                                                                                tenant,
                                                                                                                due))))))
                .retryWhen(LostRace.again());
    }

    private record Due(
            UUID id,
            ComparedCustomers.Pair pair,
            SharedKinds sharedKinds,
            boolean isToBeTakenBack) {}

    private Mono<List<Due>> claim(TenantId tenant) {
        return database.sql(CandidateSql.CLAIM)
                .bind("tenant", tenant.value())
                .bind("limit", BATCH)
                .map(
                        row ->
                                new Due(
                                        Objects.requireNonNull(row.get(0, UUID.class)),
                                        new ComparedCustomers.Pair(
                                                Objects.requireNonNull(row.get(1, UUID.class)),
                                                Objects.requireNonNull(row.get(2, UUID.class))),
                                        SharedKinds.read(row, 3),
                                        Boolean.TRUE.equals(row.get(5, Boolean.class))))
                .all()
                .collectList();
    }

    /** What rested on a value that is many people's is two again, before it is compared anew. */
    private Mono<Void> takeBack(TenantId tenant, List<Due> due) {
        return Flux.fromIterable(due)
                .filter(Due::isToBeTakenBack)
                .concatMap(
                        of ->
                                merges.takeBack(
                                        tenant,
                                        of.pair.a(),
                                        of.pair.b(),
                                        "a value that it rested on is shared by too many"))
                .then();
    }

    /** By the model in use, which is read after the claim: who changes it waits for the batch. */
    private Mono<Integer> decide(TenantId tenant, List<Due> due) {
        return models.inUse(tenant)
                .flatMap(model -> decide(tenant, due, new PairVerdicts(model, clock)));
    }

    private Mono<Integer> decide(TenantId tenant, List<Due> due, PairVerdicts by) {
        List<UUID> ids = due.stream().flatMap(of -> Stream.of(of.pair.a(), of.pair.b())).toList();
        List<ComparedCustomers.Pair> pairs = due.stream().map(Due::pair).toList();
        return customers
                .of(tenant, ids)
                .flatMap(
                        found ->
                                customers
                                        .keptApart(tenant, pairs)
                                        .map(said -> new Verdicts(by, due, found, said)))
                .flatMap(
                        decided ->
                                database.sql(CandidateSql.SCORE)
                                        .bind("tenant", tenant.value())
                                        .bind("rows", JsonRows.of(decided.rows))
                                        .then()
                                        .then(
                                                Mono.defer(
                                                        () ->
                                                                merges.merge(
                                                                        tenant,
                                                                        by.model(),
                                                                        decided.matches)))
                                        .thenReturn(due.size()));
    }

    private record ScoreRow(
            UUID id,
            String status,
            @Nullable Double probability,
            String decidedBy,
            String modelVersion,
            @Nullable Map<String, String> agreement,
            double expectedValue,
            boolean isDue) {}

    /** What came of a batch. */
    private static final class Verdicts {

        private final PairVerdicts by;
        private final List<ScoreRow> rows = new ArrayList<>();
        private final List<AutomaticMerges.Match> matches = new ArrayList<>();

        Verdicts(
                PairVerdicts by,
                List<Due> due,
                Map<UUID, ComparedCustomer> found,
                Map<Set<UUID>, Set<MatchExplanation.Guard>> said) {
            this.by = by;
            for (Due of : due) {
                ComparedCustomer a = found.get(of.pair.a());
                ComparedCustomer b = found.get(of.pair.b());
                if (a == null || b == null || !a.isLiving() || !b.isLiving()) {
                    rows.add(
                            new ScoreRow(
                                    of.id, "closed", null, "GONE", by.model(), null, 0, false));
                } else {
                    add(of, a, b, said.getOrDefault(of.pair.both(), Set.of()));
                }
            }
        }

        private void add(
                Due due, ComparedCustomer a, ComparedCustomer b, Set<MatchExplanation.Guard> said) {
            MatchExplanation explained = by.explain(a, b, due.sharedKinds, said);
            double probability = explained.explanation().probability();
            MatchExplanation.Verdict verdict = explained.verdict();
            rows.add(
                    new ScoreRow(
                            due.id,
                            verdict == MatchExplanation.Verdict.DIFFERENT ? "closed" : "open",
                            probability,
                            explained.decidedBy(),
                            by.model(),
                            explained.explanation().agreement(),
                            probability * Math.max(1, Math.min(a.records(), b.records())),
                            verdict == MatchExplanation.Verdict.SAME));
            if (verdict == MatchExplanation.Verdict.SAME) {
                // The ids tell the time: the one who was here first stays.
                matches.add(
                        new AutomaticMerges.Match(
                                a.id(),
                                a.version(),
                                b.id(),
                                b.version(),
                                DecisionEvidence.of(explained.explanation(), due.sharedKinds)));
            }
        }
    }
}
