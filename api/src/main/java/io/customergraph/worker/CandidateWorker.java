package io.customergraph.worker;

import io.customergraph.review.CandidateQueue;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Duration;

/**
 * Works at the queues of candidates of all tenants: what ingestion or a decision left due, and what
 * another node did not finish.
 */
@Component
public final class CandidateWorker extends TenantRounds {

    CandidateWorker(
            CandidateQueue queue,
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.matching.queue-interval:10s}") Duration interval) {
        super(
                "Work at candidates",
                unbound,
                "SELECT tenants_with_due_candidates()",
                interval,
                queue::work);
    }
}
