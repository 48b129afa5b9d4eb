package io.customergraph.security;

import graphql.schema.DataFetcher;
import graphql.schema.idl.TypeRuntimeWiring;

import io.customergraph.graphql.InvalidRequest;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.R2dbcTransientResourceException;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Security, limits and errors around a small schema without a database, so that what they do is
 * seen by itself.
 */
@EnableAutoConfiguration
@ComponentScan(
        basePackages = {
            "io.customergraph.errors",
            "io.customergraph.limits",
            "io.customergraph.security"
        })
class GuardedApplication {

    @Bean
    RuntimeWiringConfigurer answers() {
        return wiring ->
                wiring.type("Query", GuardedApplication::query)
                        .type("Item", GuardedApplication::item);
    }

    private static TypeRuntimeWiring.Builder query(TypeRuntimeWiring.Builder type) {
        return type.dataFetcher("whoami", asked(TenantContext.caller().map(Caller::name)))
                .dataFetcher("tenant", asked(TenantContext.tenant().map(TenantId::value)))
                .dataFetcher("echo", environment -> environment.getArgument("text"))
                .dataFetcher("number", environment -> environment.getArgument("value"))
                .dataFetcher("pick", _ -> "picked")
                .dataFetcher("secret", _ -> "secret")
                .dataFetcher(
                        "items",
                        _ -> Map.of("nodes", List.of(Map.of("id", "1"), Map.of("id", "2"))))
                .dataFetcher(
                        "fails", environment -> fail(environment.getArgumentOrDefault("how", "")))
                .dataFetcher(
                        "slow",
                        environment ->
                                Mono.delay(
                                                Duration.ofMillis(
                                                        environment.<Integer>getArgumentOrDefault(
                                                                "milliseconds", 0)))
                                        .map(_ -> "done"));
    }

    private static TypeRuntimeWiring.Builder item(TypeRuntimeWiring.Builder type) {
        return type.dataFetcher("fails", _ -> fail("UNEXPECTED"));
    }

    private static DataFetcher<?> asked(Mono<String> answer) {
        return _ -> answer;
    }

    private static Mono<String> fail(String how) {
        return Mono.error(
                switch (how) {
                    case "INPUT" ->
                            new InvalidRequest(
                                    InvalidRequest.Code.INVALID_CURSOR,
                                    "Not a cursor of this list");
                    case "UNAVAILABLE" ->
                            new R2dbcTransientResourceException("no connection to 10.0.0.1");
                    default -> new IllegalStateException("SELECT secret FROM tables");
                });
    }
}
