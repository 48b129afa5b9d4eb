package io.customergraph.worker;

import io.customergraph.review.CandidateQueue;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;

/**
 * Works at the queues of candidates of all tenants: what ingestion or a decision left due, and what
 * another node did not finish.
 */
@Component
public final class CandidateWorker implements SmartLifecycle {

    private final TenantRounds rounds;
    private final Duration interval;

    CandidateWorker(
            CandidateQueue queue,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.matching.queue-interval:10s}") Duration interval) {
        this.rounds =
                new TenantRounds(
                        "Work at candidates",
                        unbound,
                        "SELECT tenants_with_due_candidates()",
                        queue::work);
        this.interval = interval;
    }

    /** Works at the queue of the tenant of the context; what fails stays due. */
    public Mono<Void> work() {
        return rounds.work();
    }

    @Override
    public void start() {
        rounds.start(interval);
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }
}
