package io.customergraph.provider.sync;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.KeptRecords;
import io.customergraph.ingest.KeptRecords.Kept;
import io.customergraph.ingest.RecordType;
import io.customergraph.ingest.RecordVersion;
import io.customergraph.ingest.Resolution;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.reconcile.ClaimLost;
import io.customergraph.reconcile.ClaimedReconciliation;
import io.customergraph.reconcile.Comparison;
import io.customergraph.reconcile.ExtraRecords;
import io.customergraph.reconcile.Phase;
import io.customergraph.reconcile.Reconciliations;
import io.customergraph.reconcile.SourceReading;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Does the runs that compare what is here with what providers have: some steps of each that is due,
 * a page or a part of the comparison, then it is the next one's turn. A run that its node left is
 * taken up by another where it stood.
 */
public final class Reconciler {

    /** A run gives way to others after so many steps; it goes on with the next round. */
    private static final int STEPS_AT_ONCE = 50;

    private static final int RUNS = 4;
    private static final int AT_ONCE = 2;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Map<String, SourceReader> readers;
    private final Reconciliations runs;
    private final Comparison comparison;
    private final ExtraRecords extra;
    private final ConnectionAccess access;
    private final Ingestion ingestion;
    private final KeptRecords kept;
    private final ConnectionHealth health;
    private final String node = UUID.randomUUID().toString();

    /** Compares. */
    public Reconciler(
            List<SourceReader> readers,
            Reconciliations runs,
            Comparison comparison,
            ExtraRecords extra,
            ConnectionAccess access,
            Ingestion ingestion,
            KeptRecords kept,
            ConnectionHealth health) {
        this.readers =
                readers.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        SourceReader::provider, Function.identity()));
        this.runs = runs;
        this.comparison = comparison;
        this.extra = extra;
        this.access = access;
        this.ingestion = ingestion;
        this.kept = kept;
        this.health = health;
    }

    /** What can be read at a provider, in its words; nothing where it is not read. */
    public Set<String> resources(String provider) {
        SourceReader reader = readers.get(provider);
        return reader == null ? Set.of() : Set.copyOf(reader.resources());
    }

    /** Does what is due of the tenant of the context. */
    public Mono<Void> work() {
        return runs.claim(node, RUNS)
                .flatMapMany(Flux::fromIterable)
                .flatMapDelayError(this::work, AT_ONCE, 1)
                .then();
    }

    private Mono<Void> work(ClaimedReconciliation run) {
        return goOn(run)
                .onErrorResume(
                        ProviderUnreachable.class, none -> failed(run, none.problem().code()))
                .onErrorResume(ClaimLost.class, lost -> Mono.empty())
                .onErrorResume(
                        failure ->
                                runs.fail(node, run, "internal_error").then(Mono.error(failure)));
    }

    private Mono<Void> goOn(ClaimedReconciliation run) {
        if (run.phase() == Phase.CLEARING) {
            return cleared(run, STEPS_AT_ONCE);
        }
        return access.open(run.connection())
                .filter(open -> open.connection().status().equals("active"))
                .map(
                        open -> {
                            SourceReader reader = readers.get(open.provider().provider());
                            return reader == null
                                    ? runs.giveUp(node, run, "not_readable")
                                    : begun(open, reader, run);
                        })
                .defaultIfEmpty(runs.giveUp(node, run, "not_connected"))
                .flatMap(work -> work);
    }

    private Mono<Void> begun(OpenConnection open, SourceReader reader, ClaimedReconciliation run) {
        if (run.phase() != Phase.WAITING) {
            return steps(open, reader, run, STEPS_AT_ONCE);
        }
        Set<String> wanted =
                Set.copyOf(run.resources().isEmpty() ? reader.resources() : run.resources());
        if (!reader.resources().containsAll(wanted)) {
            return runs.giveUp(node, run, "unknown_resource");
        }
        Set<String> whole =
                wanted.stream()
                        .flatMap(resource -> reader.wholeOf(open, resource).stream())
                        .map(RecordType::code)
                        .collect(Collectors.toUnmodifiableSet());
        return runs.begin(node, run, wanted, whole)
                .flatMap(next -> steps(open, reader, next, STEPS_AT_ONCE));
    }

    private Mono<Void> steps(
            OpenConnection open, SourceReader reader, ClaimedReconciliation run, int most) {
        if (most == 0) {
            return runs.rest(node, run, Duration.ZERO);
        }
        String source = open.provider().provider();
        String account = open.connection().account();
        return switch (run.phase()) {
            case WAITING, DONE -> Mono.empty();
            case READING, REPAIRING -> page(open, reader, run, most);
            case COMPARING, CHECKING ->
                    comparison
                            .compare(node, run, source, account)
                            .flatMap(next -> steps(open, reader, next, most - 1));
            case DELETING ->
                    extra.delete(
                                    node,
                                    run,
                                    source,
                                    account,
                                    (type, ids) -> reader.stillThere(open, type, ids))
                            .flatMap(next -> steps(open, reader, next, most - 1));
            case CLEARING -> cleared(run, most);
        };
    }

    private Mono<Void> cleared(ClaimedReconciliation run, int most) {
        return most == 0
                ? runs.rest(node, run, Duration.ZERO)
                : runs.clear(node, run).flatMap(next -> cleared(next, most - 1));
    }

    private Mono<Void> page(
            OpenConnection open, SourceReader reader, ClaimedReconciliation run, int most) {
        return reader.page(open, run.resource(), run.position())
                .flatMap(
                        page ->
                                switch (page) {
                                    case SourcePage.Of some ->
                                            read(run, some)
                                                    .flatMap(
                                                            next ->
                                                                    after(
                                                                            open,
                                                                            reader,
                                                                            next,
                                                                            some.pause(),
                                                                            most - 1));
                                    case SourcePage.Busy(Duration pause) ->
                                            runs.rest(node, run, pause);
                                    case SourcePage.None(String problem) -> failed(run, problem);
                                });
    }

    private Mono<Void> after(
            OpenConnection open,
            SourceReader reader,
            ClaimedReconciliation next,
            Duration pause,
            int most) {
        if (next.phase().isReading() && pause.compareTo(LONGEST_PAUSE) > 0) {
            return runs.rest(node, next, pause);
        }
        return Mono.delay(pause).then(Mono.defer(() -> steps(open, reader, next, most)));
    }

    /** With the second reading everything is ingested, which leaves alone what is here already. */
    private Mono<ClaimedReconciliation> read(ClaimedReconciliation run, SourcePage.Of page) {
        return kept.of(page.records()).flatMap(records -> read(run, page, records));
    }

    private Mono<ClaimedReconciliation> read(
            ClaimedReconciliation run, SourcePage.Of page, List<Kept> records) {
        List<RecordVersion> versions = records.stream().map(Kept::version).toList();
        List<Kept> others = records.stream().filter(one -> !one.isHere()).toList();
        Mono<Set<String>> rejected =
                run.phase() == Phase.REPAIRING
                        ? ingestion
                                .ingest(others.stream().map(Kept::record).toList())
                                .map(resolutions -> rejected(others, resolutions))
                        : Mono.just(Set.of());
        return rejected.flatMap(
                keys ->
                        comparison.keep(
                                node,
                                run,
                                new SourceReading(
                                        versions, keys, page.unreadable().size(), page.next())));
    }

    private static Set<String> rejected(List<Kept> records, List<Resolution> resolutions) {
        Set<String> rejected = new HashSet<>();
        for (int n = 0; n < resolutions.size(); n++) {
            if (resolutions.get(n) instanceof Resolution.Rejected) {
                rejected.add(SourceReading.key(records.get(n).version()));
            }
        }
        return rejected;
    }

    private Mono<Void> failed(ClaimedReconciliation run, String problem) {
        return health.record(run.connection(), problem).then(runs.fail(node, run, problem));
    }
}
