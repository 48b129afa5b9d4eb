package io.customergraph.worker;

import io.r2dbc.spi.ConnectionFactory;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Deletes calls to providers and counts of hours once they are older than is kept, in parts. */
@Component
final class CallRetention implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CallRetention.class);
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int PART = 5_000;
    private static final int MOST_PARTS = 200;
    private static final String CLEAN_UP =
            "SELECT cleanup_old_integration_calls(:calls, :hours, :part)";

    private final DatabaseClient unbound;
    private final DeliverySettings settings;
    private volatile @Nullable Disposable running;

    CallRetention(@Qualifier("unbound") ConnectionFactory unbound, DeliverySettings settings) {
        this.unbound = DatabaseClient.create(unbound);
        this.settings = settings;
    }

    @Override
    public void start() {
        running =
                Flux.interval(INTERVAL)
                        .onBackpressureDrop()
                        .concatMap(tick -> cleanUp().onErrorResume(CallRetention::note), 1)
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
        Instant now = Instant.now();
        return unbound.sql(CLEAN_UP)
                .bind("calls", now.minus(settings.keepCalls()))
                .bind("hours", now.minus(settings.keepMetrics()))
                .bind("part", PART)
                .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                .one();
    }

    private static Mono<Void> note(Throwable failure) {
        LOG.warn("Old calls were not deleted: {}", failure.getClass().getName());
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
