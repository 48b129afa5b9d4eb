package io.customergraph.security;

import reactor.core.publisher.Mono;

/** Where keys are looked up. */
@FunctionalInterface
interface KeyDirectory {

    /** The living key of a hash; empty for one that is unknown, expired or revoked. */
    Mono<ApiKey> find(KeyHash hash);
}
