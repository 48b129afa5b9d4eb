package io.customergraph.worker;

import io.r2dbc.spi.ConnectionFactory;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Deletes answers to pushed records once they are old, of all tenants, a bounded number each time.
 */
@Component
final class PushRetention implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PushRetention.class);
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int PART = 1_000;
    private static final int MOST_PARTS = 200;

    private final DatabaseClient unbound;
    private final Duration kept;
    private volatile @Nullable Disposable running;

    PushRetention(
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.ingest.keep-answers:3d}") Duration kept) {
        this.unbound = DatabaseClient.create(unbound);
        this.kept = kept;
    }

    @Override
    public void start() {
        running =
                Flux.interval(INTERVAL)
                        .onBackpressureDrop()
                        .concatMap(tick -> cleanUp().onErrorResume(PushRetention::note), 1)
                        .subscribe();
    }

    /** Part by part until there is nothing old any more, or until it is enough for one time. */
    Mono<Void> cleanUp() {
        return Flux.range(0, MOST_PARTS)
                .concatMap(part -> deletePart(), 1)
                .takeUntil(deleted -> deleted == 0)
                .then();
    }

    private Mono<Integer> deletePart() {
        return unbound.sql("SELECT cleanup_old_pushes(:before, :part)")
                .bind("before", Instant.now().minus(kept))
                .bind("part", PART)
                .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                .one();
    }

    private static Mono<Void> note(Throwable failure) {
        LOG.warn("Old answers to pushed records stay for now: {}", failure.getClass().getName());
        return Mono.empty();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public void stop() {
        Disposable current = running;
        if (current != null) {
            current.dispose();
        }
        running = null;
    }
}
