package io.customergraph.worker;

import io.customergraph.integration.AuthorizationStates;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;

/** Deletes authorizations that ended, of all tenants, a bounded number each time. */
@Component
final class AuthorizationCleanup extends CleanUp {

    private final AuthorizationStates states;

    AuthorizationCleanup(
            AuthorizationStates states,
            @Value("${customergraph.oauth.cleanup-interval:1h}") Duration interval) {
        super("Old authorizations", interval);
        this.states = states;
    }

    @Override
    Mono<?> cleanUp() {
        return states.cleanUp();
    }
}
