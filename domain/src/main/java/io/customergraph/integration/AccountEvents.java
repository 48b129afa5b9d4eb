package io.customergraph.integration;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.UUID;

/** What providers say of an account itself, and not of the people in it. */
public interface AccountEvents {

    /**
     * The owner of the account took the app out: its tokens are of no use from then on. The same
     * again changes nothing, and neither does an old one after the owner consented anew.
     *
     * @param provider the key in the catalogue
     * @param at by the provider's clock
     */
    Mono<Void> uninstalled(UUID connection, String provider, Instant at);
}
