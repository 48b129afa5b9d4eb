package io.customergraph.worker;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Deletes what is old, of all tenants, from time to time. What fails stays for another time; any
 * number of nodes may.
 */
abstract class CleanUp implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);
    private static final int MOST_PARTS = 200;

    private final String what;
    private final Duration interval;
    private volatile @Nullable Disposable running;

    /**
     * Deletes.
     *
     * @param what is deleted, for messages
     */
    CleanUp(String what, Duration interval) {
        this.what = what;
        this.interval = interval;
    }

    /** Deletes a bounded number. */
    abstract Mono<?> cleanUp();

    /** Part by part until there is nothing old any more, or until it is enough for one time. */
    static Mono<Void> inParts(Supplier<Mono<Integer>> deletePart) {
        return Flux.range(0, MOST_PARTS)
                .concatMap(part -> deletePart.get(), 1)
                .takeUntil(deleted -> deleted == 0)
                .then();
    }

    @Override
    public final void start() {
        running =
                Flux.interval(interval)
                        .onBackpressureDrop()
                        .concatMap(tick -> cleanUp().then().onErrorResume(this::note), 1)
                        .subscribe();
    }

    @Override
    public final boolean isRunning() {
        return running != null;
    }

    @Override
    public final void stop() {
        Disposable current = running;
        if (current != null) {
            current.dispose();
        }
        running = null;
    }

    /** A database's messages quote values, so only the kind is written down. */
    private Mono<Void> note(Throwable failure) {
        LOG.warn("{} stay for another time: {}", what, failure.getClass().getName());
        return Mono.empty();
    }
}
