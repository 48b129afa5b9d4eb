package io.customergraph.integration;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What happened in an hour or a day. Means and greatest values are exact; there are no percentiles,
 * which could not be worked out of hours.
 *
 * @param to exclusive
 * @param calls attempts of calls to the provider
 * @param failedCalls those that got no answer, or one that says no; those rate-limited are among
 *     them
 * @param averageCallMs null where there was none, as the other times are
 * @param deliveries that were applied, ignored or given up
 * @param deadDeliveries that were given up
 * @param averageDeliveryMs from the arrival of a delivery until it was
 */
public record IntegrationMetric(
        Instant from,
        Instant to,
        long calls,
        long failedCalls,
        long rateLimitedCalls,
        @Nullable Long averageCallMs,
        @Nullable Long longestCallMs,
        long deliveries,
        long deadDeliveries,
        @Nullable Long averageDeliveryMs,
        @Nullable Long longestDeliveryMs) {

    static IntegrationMetric nothing(Instant from, Instant to) {
        return new IntegrationMetric(from, to, 0, 0, 0, null, null, 0, 0, null, null);
    }
}
