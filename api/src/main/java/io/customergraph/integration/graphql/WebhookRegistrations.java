package io.customergraph.integration.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.OpenConnection;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.paging.GraphReads;
import io.customergraph.provider.WebhookRegistrar;
import io.customergraph.provider.WebhookRegistrar.Outcome;
import io.customergraph.webhook.WebhookAddresses;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Registers connections' webhooks at their providers. */
@Component
final class WebhookRegistrations {

    private final ConnectionAccess access;
    private final GraphReads reads;
    private final WebhookAddresses addresses;
    private final Map<String, WebhookRegistrar> registrars;

    WebhookRegistrations(
            ConnectionAccess access,
            GraphReads reads,
            WebhookAddresses addresses,
            List<WebhookRegistrar> registrars) {
        this.access = access;
        this.reads = reads;
        this.addresses = addresses;
        this.registrars =
                registrars.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        WebhookRegistrar::provider, Function.identity()));
    }

    /** What the provider delivers now, and what is to be mended. */
    record Registered(List<String> topics, List<UserError> errors) {
        Registered {
            topics = List.copyOf(topics);
            errors = List.copyOf(errors);
        }
    }

    Mono<Registered> register(UUID connection) {
        return access.open(connection)
                .flatMap(this::register)
                .defaultIfEmpty(refused("There is no such connection, or none any more"));
    }

    private Mono<Registered> register(OpenConnection open) {
        String provider = open.provider().provider();
        UUID id = open.connection().id();
        WebhookRegistrar registrar = registrars.get(provider);
        if (registrar == null) {
            return Mono.just(
                    refused("This provider has no API for that; `setup` says how it is done"));
        }
        if (!open.connection().isConnected()) {
            return Mono.just(
                    refused("The connection waits for the provider's consent; authorize it first"));
        }
        return reads.lookup(WebhookConfig.LOOKUP, List.of(id))
                .map(configs -> configs.getOrDefault(id, WebhookConfig.DEFAULT).topics())
                .flatMap(wanted -> registrar.register(open, addresses.of(provider, id), wanted))
                .map(WebhookRegistrations::registered);
    }

    private static Registered registered(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(List<String> topics, List<String> refused) ->
                    new Registered(
                            topics,
                            refused.isEmpty()
                                    ? List.of()
                                    : List.of(
                                            error(
                                                    "The provider does not take "
                                                            + String.join(", ", refused)
                                                            + "; see that the app may read what"
                                                            + " they are about, and that this"
                                                            + " server's public address begins"
                                                            + " with https")));
            case Outcome.Failed(WebhookRegistrar.Problem problem) ->
                    refused(
                            switch (problem) {
                                case UNAUTHORIZED ->
                                        "The provider does not take the token, or there is none;"
                                                + " authorize the connection or rotate the token";
                                case RATE_LIMITED ->
                                        "The provider asks to wait; try again in a minute";
                                case UNAVAILABLE ->
                                        "The provider does not answer as it should; try again"
                                                + " later";
                            });
        };
    }

    private static Registered refused(String message) {
        return new Registered(List.of(), List.of(error(message)));
    }

    private static UserError error(String message) {
        return UserError.of(UserError.Code.BLOCKED, "register", message);
    }
}
