package io.customergraph.provider.sync;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.Resolution;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.sync.ClaimedSync;
import io.customergraph.sync.Rejection;
import io.customergraph.sync.SyncPosition;
import io.customergraph.sync.Syncs;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads histories: some pages of each pass that is due, then it is the next one's turn. Records are
 * kept before it is written down that their page was read, so that a page may come twice and none
 * is left out; of two versions of a record the newer one holds, whichever way it came.
 */
public final class HistorySync {

    /** A pass gives way to others after so many pages; it goes on with the next round. */
    private static final int PAGES_AT_ONCE = 50;

    private static final int PASSES = 8;
    private static final int AT_ONCE = 2;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Another node took the pass up. */
    private static final Mono<Boolean> LOST = Mono.just(false);

    private static final Duration HOLD_EVERY = Duration.ofSeconds(30);

    /** The field of a provider's form that says how often is read, as ISO 8601 writes times. */
    private static final String EVERY = "sync_every";

    private final Map<String, SourceReader> readers;
    private final Map<String, Set<String>> resources;
    private final Syncs syncs;
    private final ConnectionAccess access;
    private final Ingestion ingestion;
    private final ConnectionHealth health;
    private final Duration every;
    private final String node = UUID.randomUUID().toString();

    /**
     * Reads.
     *
     * @param every the time from the end of a pass to the next one, where nobody wants another
     */
    public HistorySync(
            List<SourceReader> readers,
            Syncs syncs,
            ConnectionAccess access,
            Ingestion ingestion,
            ConnectionHealth health,
            Duration every) {
        this.readers =
                readers.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        SourceReader::provider, Function.identity()));
        this.resources =
                readers.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        SourceReader::provider, SourceReader::resources));
        this.syncs = syncs;
        this.access = access;
        this.ingestion = ingestion;
        this.health = health;
        this.every = every;
    }

    /** The providers that are read. */
    public Set<String> providers() {
        return resources.keySet();
    }

    /**
     * Reads what is due of the tenant of the context.
     *
     * @return whether there is more to read at once: some pass only gave way to others
     */
    public Mono<Boolean> work() {
        return syncs.claim(node, resources, PASSES)
                .flatMapMany(Flux::fromIterable)
                // What is wrong with one pass keeps nobody from the others.
                .flatMapDelayError(this::read, AT_ONCE, PASSES)
                .reduce(false, Boolean::logicalOr);
    }

    /** A pass that waited for its turn may be another node's by now. */
    private Mono<Boolean> read(ClaimedSync sync) {
        return syncs.hold(node, sync).flatMap(isMine -> isMine ? open(sync) : LOST);
    }

    private Mono<Boolean> open(ClaimedSync sync) {
        return access.open(sync.connection())
                .flatMap(open -> pages(open, sync, PAGES_AT_ONCE))
                .switchIfEmpty(
                        Mono.defer(
                                () -> syncs.fail(node, sync, "not_connected").thenReturn(false)));
    }

    private Mono<Boolean> pages(OpenConnection open, ClaimedSync sync, int most) {
        SourceReader reader = readers.get(open.provider().provider());
        if (reader == null) {
            return syncs.fail(node, sync, "not_readable").thenReturn(false);
        }
        return page(reader, open, sync)
                .flatMap(page -> take(reader, open, sync, page, most))
                .onErrorResume(
                        ProviderUnreachable.class, none -> failed(sync, none.problem().code()));
    }

    /** A page may take longer than a claim lasts: a provider sets its own pace. */
    private Mono<SourcePage> page(SourceReader reader, OpenConnection open, ClaimedSync sync) {
        Mono<Boolean> lost =
                Flux.interval(HOLD_EVERY)
                        .onBackpressureDrop()
                        .concatMap(tick -> syncs.hold(node, sync))
                        .filter(isMine -> !isMine)
                        .next();
        return reader.page(open, sync.resource(), sync.position()).takeUntilOther(lost);
    }

    private Mono<Boolean> take(
            SourceReader reader, OpenConnection open, ClaimedSync sync, SourcePage page, int most) {
        return switch (page) {
            case SourcePage.Of some -> keep(reader, open, sync, some, most);
            case SourcePage.Busy busy -> syncs.rest(node, sync, busy.pause()).thenReturn(false);
            case SourcePage.None(String problem) -> failed(sync, problem);
        };
    }

    private Mono<Boolean> failed(ClaimedSync sync, String problem) {
        return health.record(sync.connection(), problem)
                .then(syncs.fail(node, sync, problem))
                .thenReturn(false);
    }

    /** While a page is kept the next one is on its way, where the provider asks for no pause. */
    private Mono<Boolean> keep(
            SourceReader reader,
            OpenConnection open,
            ClaimedSync sync,
            SourcePage.Of page,
            int most) {
        Mono<List<Resolution>> kept = ingestion.ingest(page.records());
        int records = page.records().size() + page.unreadable().size();
        SyncPosition next = page.next();
        if (next == null) {
            return kept.flatMap(
                            resolutions ->
                                    syncs.finish(
                                            node,
                                            sync,
                                            records,
                                            rejected(page, resolutions),
                                            every(open)))
                    .then(health.record(sync.connection(), null))
                    .thenReturn(false);
        }
        Mono<Boolean> written =
                kept.flatMap(
                        resolutions ->
                                syncs.advance(
                                        node, sync, next, records, rejected(page, resolutions)));
        ClaimedSync further = sync.at(next);
        if (most == 1 || !page.pause().isZero()) {
            return written.flatMap(
                    isMine -> isMine ? goOn(open, further, page.pause(), most - 1) : LOST);
        }
        return Mono.zip(written, page(reader, open, further).materialize())
                .flatMap(
                        both ->
                                both.getT1()
                                        ? Mono.just(both.getT2())
                                                .<SourcePage>dematerialize()
                                                .flatMap(
                                                        ahead ->
                                                                take(
                                                                        reader, open, further,
                                                                        ahead, most - 1))
                                        : LOST);
    }

    /** A long pause is others' turn. */
    private Mono<Boolean> goOn(OpenConnection open, ClaimedSync sync, Duration pause, int most) {
        return most == 0 || pause.compareTo(LONGEST_PAUSE) > 0
                ? syncs.rest(node, sync, pause).thenReturn(pause.isZero())
                : Mono.delay(pause).then(Mono.defer(() -> pages(open, sync, most)));
    }

    private static List<Rejection> rejected(SourcePage.Of page, List<Resolution> resolutions) {
        List<Rejection> rejected = new ArrayList<>(page.unreadable());
        for (int n = 0; n < resolutions.size(); n++) {
            if (resolutions.get(n) instanceof Resolution.Rejected(String because)) {
                rejected.add(new Rejection(page.records().get(n).origin().externalId(), because));
            }
        }
        return rejected;
    }

    /** What the connection's owner wants, else what suits the provider, else what suits all. */
    private Duration every(OpenConnection open) {
        String wanted = open.connection().settings().get(EVERY);
        if (wanted != null) {
            return Duration.parse(wanted);
        }
        SourceReader reader = readers.get(open.provider().provider());
        return reader == null ? every : reader.every().orElse(every);
    }
}
