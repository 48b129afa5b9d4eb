package io.customergraph.integration.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.integration.IntegrationProvider;
import io.customergraph.integration.WebhookChange;
import io.customergraph.integration.WebhookOutcome;
import io.customergraph.integration.WebhookWrites;
import io.customergraph.paging.GraphReads;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Setting webhooks. */
@Controller
final class WebhookMutations {

    private static final WebhookRegistrations.Registered NOT_ASKED_FOR =
            new WebhookRegistrations.Registered(List.of(), List.of());

    private final WebhookWrites writes;
    private final GraphReads reads;
    private final WebhookRegistrations registrations;

    WebhookMutations(WebhookWrites writes, GraphReads reads, WebhookRegistrations registrations) {
        this.writes = writes;
        this.reads = reads;
        this.registrations = registrations;
    }

    /** What became of it; printing it shows no secret. */
    public record WebhookPayload(
            @Nullable IntegrationConnection connection,
            @Nullable String secret,
            List<String> setup,
            List<String> registeredTopics,
            List<UserError> userErrors) {

        @Override
        public String toString() {
            return "WebhookPayload[" + userErrors + "]";
        }
    }

    @MutationMapping
    Mono<WebhookPayload> configureIntegrationWebhook(@Argument Map<String, Object> input) {
        UUID id =
                NodeId.decode(
                        NodeType.INTEGRATION_CONNECTION,
                        (String) Objects.requireNonNull(input.get("id")));
        boolean isToRegister = Boolean.TRUE.equals(input.get("register"));
        return writes.configure(id, change(input))
                .flatMap(outcome -> payload(outcome, isToRegister));
    }

    @SuppressWarnings("unchecked") // The schema says what topics are.
    private static WebhookChange change(Map<String, Object> input) {
        return new WebhookChange(
                (Boolean) input.get("isEnabled"),
                (List<String>) input.get("topics"),
                (String) input.get("headerName"),
                (Integer) input.get("maxBodyBytes"),
                (Integer) input.get("requestsPerMinute"),
                (String) input.get("bodyRetention"),
                (String) input.get("tolerance"),
                Boolean.TRUE.equals(input.get("newSecret")));
    }

    private Mono<WebhookPayload> payload(WebhookOutcome outcome, boolean isToRegister) {
        return switch (outcome) {
            case WebhookOutcome.Done(UUID id, IntegrationProvider provider, Secret made) ->
                    (isToRegister ? registrations.register(id) : Mono.just(NOT_ASKED_FOR))
                            .flatMap(
                                    registered ->
                                            reads.lookup(IntegrationConnection.LOOKUP, List.of(id))
                                                    .mapNotNull(found -> found.get(id))
                                                    .map(
                                                            connection ->
                                                                    new WebhookPayload(
                                                                            connection,
                                                                            made == null
                                                                                    ? null
                                                                                    : made.reveal(),
                                                                            provider.setup(),
                                                                            registered.topics(),
                                                                            registered.errors())));
            case WebhookOutcome.Refused(List<UserError> errors) ->
                    Mono.just(new WebhookPayload(null, null, List.of(), List.of(), errors));
        };
    }
}
