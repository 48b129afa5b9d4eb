package io.customergraph.integration;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.UUID;

/** Takes what providers ask for on behalf of people. */
public interface PrivacyDesk {

    /**
     * Writes a request down, for the tenant of the context and within its transaction; it is worked
     * at later.
     *
     * @param provider the key in the catalogue
     * @param at when it was asked
     */
    Mono<Void> asked(UUID connection, String provider, ProviderPrivacyRequest request, Instant at);
}
