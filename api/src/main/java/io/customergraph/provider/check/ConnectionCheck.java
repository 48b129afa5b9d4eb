package io.customergraph.provider.check;

import io.customergraph.integration.ConnectionHealth;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderHttp;
import io.customergraph.provider.ProviderUnreachable;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tests connections, and keeps what came out as their health. */
@Component
public final class ConnectionCheck {

    private final Map<String, ProviderCheck> checks;
    private final ProviderHttp http;
    private final ConnectionHealth health;

    ConnectionCheck(List<ProviderCheck> checks, ProviderHttp http, ConnectionHealth health) {
        this.checks =
                checks.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        ProviderCheck::provider, Function.identity()));
        this.http = http;
        this.health = health;
    }

    /** Makes the provider's test call; empty where it has none. */
    public Mono<CheckResult> run(OpenConnection connection) {
        ProviderCheck check = checks.get(connection.provider().provider());
        return check == null
                ? Mono.empty()
                : http.send(check.call(connection))
                        .map(check::read)
                        .onErrorResume(
                                ProviderUnreachable.class,
                                none -> Mono.just(new CheckResult(none.problem().code())))
                        .flatMap(
                                result ->
                                        health.record(
                                                        connection.connection().id(),
                                                        result.problem())
                                                .thenReturn(result));
    }
}
