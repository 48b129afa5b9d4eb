package io.customergraph.worker;

import io.customergraph.review.CandidateQueue;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
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
import java.util.Objects;

/**
 * Works at the queues of candidates of all tenants, one tenant after the other: what ingestion or a
 * decision left due, and what another node did not finish.
 */
@Component
public final class CandidateWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CandidateWorker.class);

    private final CandidateQueue queue;
    private final DatabaseClient unbound;
    private final Duration interval;
    private volatile @Nullable Disposable running;

    CandidateWorker(
            CandidateQueue queue,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.matching.queue-interval:10s}") Duration interval) {
        this.queue = queue;
        this.unbound = DatabaseClient.create(unbound);
        this.interval = interval;
    }

    /** Works at the queue of the tenant of the context; what fails stays due. */
    public Mono<Void> work() {
        return queue.work().onErrorResume(CandidateWorker::note);
    }

    /** A database's messages quote values, so only the kind is written down. */
    private static Mono<Void> note(Throwable failure) {
        LOG.warn(
                "Candidates could not be worked at and stay due: {}", failure.getClass().getName());
        return Mono.empty();
    }

    @Override
    public void start() {
        running =
                Flux.interval(interval)
                        .onBackpressureDrop()
                        .concatMap(tick -> round().onErrorResume(CandidateWorker::note), 1)
                        .subscribe();
    }

    private Mono<Void> round() {
        return unbound.sql("SELECT tenants_with_due_candidates()")
                .map(row -> new TenantId(Objects.requireNonNull(row.get(0, String.class))))
                .all()
                .collectList()
                .flatMapIterable(tenants -> tenants)
                .concatMap(tenant -> work().contextWrite(TenantContext.of(tenant)))
                .then();
    }

    @Override
    public void stop() {
        Disposable current = running;
        if (current != null) {
            current.dispose();
        }
        running = null;
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
