package io.customergraph.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import org.springframework.http.HttpHeaders;

import java.time.Duration;

/**
 * What one caller may still send. It stands in the Reactor context of the request, so that a dear
 * request can be charged more once its cost is known.
 */
public final class Allowance {

    /** Field values that one request of the rate holds: a full page of customers passes as one. */
    private static final long COST_OF_ONE = 10_000;

    private final Bucket bucket;
    private final String policy;

    Allowance(int requestsPerMinute) {
        this.bucket =
                Bucket.builder()
                        .addLimit(
                                limit ->
                                        limit.capacity(requestsPerMinute)
                                                .refillGreedy(
                                                        requestsPerMinute, Duration.ofMinutes(1)))
                        .build();
        this.policy = "\"minute\";q=" + requestsPerMinute + ";w=60";
    }

    /**
     * Takes one request from the allowance and tells the client of it in the headers.
     *
     * @return whether one was left
     */
    public boolean take(HttpHeaders answer) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        answer.set("RateLimit-Policy", policy);
        answer.set(
                "RateLimit", "\"minute\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe));
        if (!probe.isConsumed()) {
            answer.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds(probe))));
        }
        return probe.isConsumed();
    }

    /**
     * Takes what a request of that cost takes beyond one; later requests may have to wait for it.
     */
    void charge(long cost) {
        long more = cost / COST_OF_ONE;
        if (more > 0) {
            bucket.consumeIgnoringRateLimits(more);
        }
    }

    private static long seconds(ConsumptionProbe probe) {
        return (probe.getNanosToWaitForRefill() + 999_999_999) / 1_000_000_000;
    }
}
