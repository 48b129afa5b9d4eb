package io.customergraph.run;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.population.PopulationBuilder;
import io.customergraph.review.CandidateQueue;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Does the runs that wait. What it needs of a customer is kept in memory, about a hundred bytes, in
 * columns; rows come and pairs go in batches.
 */
public final class MatchRunner {

    private static final int READ = 5_000;
    private static final int STORED = 1_000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** A phone that is shared under several names is compared all the same. */
    private static final String CUSTOMERS =
            """
            SELECT c.id, t.default_region, c.email::text,
                   coalesce(c.phone, (SELECT i.value FROM customer_identifiers i
                                      WHERE i.tenant_id = :tenant AND i.customer_id = c.id
                                        AND i.kind = 'phone' AND i.valid_to IS NULL
                                      ORDER BY i.is_generic, i.valid_from DESC, i.id
                                      LIMIT 1)),
                   c.first_name, c.last_name
            FROM customers c
            JOIN tenants t ON t.id = c.tenant_id
            WHERE c.tenant_id = :tenant AND c.status IN ('active', 'inactive')
              AND c.id > :after
            ORDER BY c.id
            LIMIT :limit
            """;

    /** A pair that is known stays as it is: decided, or due when its customers change. */
    private static final String STORE =
            """
            INSERT INTO match_candidates (
                tenant_id, id, customer_id, other_customer_id, reason)
            SELECT :tenant, r.id, least(a, b), greatest(a, b), 'below_automatic'
            FROM jsonb_to_recordset(:rows::jsonb) AS r (id uuid, a uuid, b uuid)
            JOIN customers one ON one.tenant_id = :tenant AND one.id = r.a AND one.status <> 'merged'
            JOIN customers two ON two.tenant_id = :tenant AND two.id = r.b AND two.status <> 'merged'
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
    private final Clock clock;

    public MatchRunner(DatabaseClient database, MatchRuns runs, CandidateQueue queue, Clock clock) {
        this.database = database;
        this.runs = runs;
        this.queue = queue;
        this.clock = clock;
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
        return read(tenant, run.id())
                .flatMap(
                        read ->
                                runs.progress(tenant, run.id(), "comparing", 0, read.ids.size())
                                        .then(
                                                Mono.fromCallable(read::pairs)
                                                        .subscribeOn(Schedulers.boundedElastic())))
                .flatMap(
                        found ->
                                runs.compared(tenant, run.id(), found)
                                        .then(
                                                run.isApplied()
                                                        ? apply(tenant, run.id(), found)
                                                        : Mono.empty()))
                .then(Mono.defer(() -> runs.finish(tenant, run.id())))
                .onErrorResume(
                        failure ->
                                runs.fail(tenant, run.id(), failure)
                                        .then(Mono.<Void>error(failure)));
    }

    private record CustomerRow(
            UUID id,
            String region,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String firstName,
            @Nullable String lastName) {

        /** In the order of {@link FoundPairs#KINDS}. */
        @Nullable String[] texts() {
            return new @Nullable String[] {email, phone, firstName, lastName};
        }
    }

    /** Customers in the order of their ids, and what they are compared by. */
    private final class Read {

        private final List<UUID> ids = new ArrayList<>();
        private @Nullable PopulationBuilder builder;

        void add(List<CustomerRow> rows) {
            if (rows.isEmpty()) {
                return;
            }
            PopulationBuilder into = builder;
            if (into == null) {
                into =
                        new PopulationBuilder(
                                FoundPairs.KINDS.stream().map(FieldKind::words).toList(),
                                FoundPairs.KINDS,
                                new FieldKind.Reading(
                                        rows.getFirst().region, LocalDate.now(clock)));
                builder = into;
            }
            into.add(rows.stream().map(CustomerRow::texts).toList());
            rows.forEach(row -> ids.add(row.id));
        }

        UUID last() {
            return ids.isEmpty() ? new UUID(0, 0) : ids.getLast();
        }

        FoundPairs pairs() {
            PopulationBuilder all =
                    builder == null
                            ? new PopulationBuilder(
                                    FoundPairs.KINDS.stream().map(FieldKind::words).toList(),
                                    FoundPairs.KINDS,
                                    new FieldKind.Reading(null, LocalDate.now(clock)))
                            : builder;
            return FoundPairs.among(ids, all.build());
        }
    }

    private Mono<Read> read(TenantId tenant, UUID run) {
        Read read = new Read();
        return Mono.defer(() -> batch(tenant, read))
                .flatMap(
                        rows ->
                                Mono.fromRunnable(() -> read.add(rows))
                                        .subscribeOn(Schedulers.boundedElastic())
                                        .then(
                                                runs.progress(
                                                        tenant,
                                                        run,
                                                        "reading",
                                                        read.ids.size() + (long) rows.size(),
                                                        0))
                                        .thenReturn(rows.size()))
                .repeat()
                .takeUntil(size -> size < READ)
                .then(Mono.just(read));
    }

    private Mono<List<CustomerRow>> batch(TenantId tenant, Read read) {
        return database.sql(CUSTOMERS)
                .bind("tenant", tenant.value())
                .bind("after", read.last())
                .bind("limit", READ)
                .map(
                        row ->
                                new CustomerRow(
                                        Objects.requireNonNull(row.get(0, UUID.class)),
                                        Objects.requireNonNull(row.get(1, String.class)),
                                        row.get(2, String.class),
                                        row.get(3, String.class),
                                        row.get(4, String.class),
                                        row.get(5, String.class)))
                .all()
                .collectList();
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
