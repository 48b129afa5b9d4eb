package io.customergraph.provider.sync;

import io.customergraph.integration.ConnectionHealth;
import io.customergraph.sync.ClaimedSync;
import io.customergraph.sync.Rejection;
import io.customergraph.sync.SyncPosition;
import io.customergraph.sync.Syncs;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/** What a node writes down of a pass that it has claimed. */
final class ClaimedPass {

    private static final Duration HOLD_EVERY = Duration.ofSeconds(30);

    private final Syncs syncs;
    private final ConnectionHealth health;
    private final String node;
    private final ClaimedSync claimed;
    private final Duration every;

    /**
     * A claimed pass.
     *
     * @param every the time until the next one, once it is through
     */
    ClaimedPass(
            Syncs syncs,
            ConnectionHealth health,
            String node,
            ClaimedSync claimed,
            Duration every) {
        this.syncs = syncs;
        this.health = health;
        this.node = node;
        this.claimed = claimed;
        this.every = every;
    }

    /**
     * Keeps the claim while a page takes its time: a provider sets its own pace.
     *
     * @return nothing where another node took the pass up meanwhile
     */
    Mono<SourcePage> holding(Mono<SourcePage> page) {
        Mono<Boolean> lost =
                Flux.interval(HOLD_EVERY)
                        .onBackpressureDrop()
                        .concatMap(tick -> syncs.hold(node, claimed))
                        .filter(isMine -> !isMine)
                        .next();
        return page.takeUntilOther(lost);
    }

    /** A page is kept; false where the claim is another node's by now. */
    Mono<Boolean> advance(
            ClaimedSync at, SyncPosition next, int records, List<Rejection> rejected) {
        return syncs.advance(node, at, next, records, rejected);
    }

    /** The last page is kept. */
    Mono<Void> finish(ClaimedSync at, int records, List<Rejection> rejected) {
        return syncs.finish(node, at, records, rejected, every)
                .then(health.record(at.connection(), null));
    }

    Mono<Void> rest(ClaimedSync at, Duration pause) {
        return syncs.rest(node, at, pause).then();
    }

    Mono<Void> fail(ClaimedSync at, String problem) {
        return health.record(at.connection(), problem).then(syncs.fail(node, at, problem)).then();
    }
}
