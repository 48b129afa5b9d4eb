package io.customergraph.provider;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;

import java.time.Duration;
import java.util.UUID;

/**
 * A circuit breaker for each connection: one whose calls fail is given a rest, and no other
 * connection notices.
 */
final class Circuits {

    private static final int MOST_CONNECTIONS = 10_000;

    private static final CircuitBreakerConfig CONFIG =
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(20)
                    .minimumNumberOfCalls(10)
                    .failureRateThreshold(50)
                    .waitDurationInOpenState(Duration.ofSeconds(30))
                    .permittedNumberOfCallsInHalfOpenState(3)
                    .recordResult(
                            answer ->
                                    answer instanceof ProviderAnswer given && given.status() >= 500)
                    // What never left this machine says nothing of the provider.
                    .ignoreException(
                            failure ->
                                    failure instanceof ProviderUnreachable none
                                            && none.problem()
                                                    == ProviderUnreachable.Problem
                                                            .FORBIDDEN_ADDRESS)
                    .build();

    private final LoadingCache<UUID, CircuitBreaker> breakers =
            Caffeine.newBuilder()
                    .maximumSize(MOST_CONNECTIONS)
                    .expireAfterAccess(Duration.ofHours(1))
                    .build(connection -> CircuitBreaker.of(connection.toString(), CONFIG));

    CircuitBreaker of(UUID connection) {
        return breakers.get(connection);
    }
}
