package io.customergraph.provider.sync;

import io.customergraph.ingest.Ingestion;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.integration.OpenConnection;
import io.customergraph.sync.ClaimedSync;
import io.customergraph.sync.GrownTables;
import io.customergraph.sync.Syncs;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
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

    private static final int PASSES = 8;
    private static final int AT_ONCE = 2;

    /** Another node took the pass up. */
    private static final Mono<Boolean> LOST = Mono.just(false);

    /** The field of a provider's form that says how often is read, as ISO 8601 writes times. */
    private static final String EVERY = "sync_every";

    private final Map<String, SourceReader> readers;
    private final Map<String, List<String>> resources;
    private final Map<String, Integer> places = new HashMap<>();
    private final Syncs syncs;
    private final ConnectionAccess access;
    private final Ingestion ingestion;
    private final GrownTables tables;
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
            GrownTables tables,
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
        for (List<String> inOrder : resources.values()) {
            for (int place = 0; place < inOrder.size(); place++) {
                places.merge(inOrder.get(place), place, Math::min);
            }
        }
        this.syncs = syncs;
        this.access = access;
        this.ingestion = ingestion;
        this.tables = tables;
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
                .groupBy(ClaimedSync::connection, PASSES)
                .flatMap(Flux::collectList, PASSES)
                // What is wrong with one pass keeps nobody from the others.
                .flatMapDelayError(this::connection, AT_ONCE, PASSES)
                .reduce(false, Boolean::logicalOr);
    }

    /** What others refer to is read first, so that no two passes meet on one person. */
    private Mono<Boolean> connection(List<ClaimedSync> passes) {
        return Flux.fromIterable(passes)
                .sort(Comparator.comparingInt(pass -> places.getOrDefault(pass.resource(), 0)))
                .concatMapDelayError(this::read)
                .reduce(false, Boolean::logicalOr);
    }

    /** A pass that waited for its turn may be another node's by now. */
    private Mono<Boolean> read(ClaimedSync sync) {
        return syncs.hold(node, sync).flatMap(isMine -> isMine ? open(sync) : LOST);
    }

    private Mono<Boolean> open(ClaimedSync sync) {
        return access.open(sync.connection())
                .map(open -> turn(open, sync))
                .defaultIfEmpty(syncs.fail(node, sync, "not_connected").thenReturn(false))
                .flatMap(turn -> turn);
    }

    private Mono<Boolean> turn(OpenConnection open, ClaimedSync sync) {
        SourceReader reader = readers.get(open.provider().provider());
        return reader == null
                ? syncs.fail(node, sync, "not_readable").thenReturn(false)
                : new HistoryTurn(
                                reader,
                                open,
                                new ClaimedPass(syncs, health, node, sync, every(open, reader)),
                                ingestion,
                                tables)
                        .read(sync);
    }

    /** What the connection's owner wants, else what suits the provider, else what suits all. */
    private Duration every(OpenConnection open, SourceReader reader) {
        String wanted = open.connection().settings().get(EVERY);
        return wanted == null ? reader.every().orElse(every) : Duration.parse(wanted);
    }
}
