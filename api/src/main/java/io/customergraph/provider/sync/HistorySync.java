package io.customergraph.provider.sync;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.Resolution;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.sync.ClaimedSync;
import io.customergraph.sync.SyncPosition;
import io.customergraph.sync.Syncs;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
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
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

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
     * @param every the time from the end of a pass to the next one
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

    /** Reads what is due of the tenant of the context. */
    public Mono<Void> work() {
        return syncs.claim(node, resources, PASSES)
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::read, AT_ONCE)
                .then();
    }

    private Mono<Void> read(ClaimedSync sync) {
        return access.open(sync.connection())
                .flatMap(open -> pages(open, sync, PAGES_AT_ONCE))
                .switchIfEmpty(Mono.defer(() -> syncs.fail(node, sync, "not_connected")))
                .then();
    }

    private Mono<Boolean> pages(OpenConnection open, ClaimedSync sync, int most) {
        SourceReader reader = readers.get(open.provider().provider());
        if (reader == null) {
            return syncs.fail(node, sync, "not_readable");
        }
        return reader.page(open, sync.resource(), sync.position())
                .flatMap(
                        page ->
                                switch (page) {
                                    case SourcePage.Of some -> keep(open, sync, some, most);
                                    case SourcePage.Busy busy ->
                                            syncs.rest(node, sync, busy.pause());
                                    case SourcePage.None(String problem) -> failed(sync, problem);
                                })
                .onErrorResume(
                        ProviderUnreachable.class, none -> failed(sync, none.problem().code()));
    }

    private Mono<Boolean> failed(ClaimedSync sync, String problem) {
        return health.record(sync.connection(), problem).then(syncs.fail(node, sync, problem));
    }

    private Mono<Boolean> keep(
            OpenConnection open, ClaimedSync sync, SourcePage.Of page, int most) {
        return ingestion
                .ingest(page.records())
                .flatMap(
                        resolutions -> {
                            int rejected = page.unreadable() + rejected(resolutions);
                            int records = page.records().size() + page.unreadable();
                            SyncPosition next = page.next();
                            return next == null
                                    ? syncs.finish(node, sync, records, rejected, every)
                                            .flatMap(
                                                    mine ->
                                                            health.record(sync.connection(), null)
                                                                    .thenReturn(mine))
                                    : syncs.advance(node, sync, next, records, rejected)
                                            .flatMap(
                                                    mine ->
                                                            goOn(
                                                                    open,
                                                                    sync.at(next),
                                                                    page.pause(),
                                                                    most - 1,
                                                                    mine));
                        });
    }

    /** A long pause is others' turn; what another node took up is not this one's any more. */
    private Mono<Boolean> goOn(
            OpenConnection open, ClaimedSync sync, Duration pause, int most, boolean isMine) {
        if (!isMine) {
            return Mono.just(false);
        }
        if (most == 0 || pause.compareTo(LONGEST_PAUSE) > 0) {
            return syncs.rest(node, sync, pause);
        }
        return Mono.delay(pause).then(Mono.defer(() -> pages(open, sync, most)));
    }

    private static int rejected(List<Resolution> resolutions) {
        return (int) resolutions.stream().filter(Resolution.Rejected.class::isInstance).count();
    }
}
