package io.customergraph.worker;

import io.customergraph.integration.AuthorizationStates;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;

/** Deletes authorizations that ended, of all tenants, a bounded number each time. */
@Component
final class AuthorizationCleanup implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationCleanup.class);

    private final AuthorizationStates states;
    private final Duration interval;
    private volatile @Nullable Disposable running;

    AuthorizationCleanup(
            AuthorizationStates states,
            @Value("${customergraph.oauth.cleanup-interval:1h}") Duration interval) {
        this.states = states;
        this.interval = interval;
    }

    @Override
    public void start() {
        running =
                Flux.interval(interval)
                        .onBackpressureDrop()
                        .concatMap(
                                tick ->
                                        states.cleanUp()
                                                .onErrorResume(
                                                        failure -> {
                                                            LOG.warn(
                                                                    "Old authorizations stay for"
                                                                            + " another time: {}",
                                                                    failure.getClass().getName());
                                                            return Mono.empty();
                                                        }),
                                1)
                        .subscribe();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public void stop() {
        Disposable current = running;
        if (current != null) {
            current.dispose();
        }
        running = null;
    }
}
