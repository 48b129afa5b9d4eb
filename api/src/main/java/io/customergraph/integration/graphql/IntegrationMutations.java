package io.customergraph.integration.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.ConnectionChange;
import io.customergraph.integration.ConnectionOutcome;
import io.customergraph.integration.ConnectionWrites;
import io.customergraph.integration.GivenField;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.paging.GraphReads;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Changes of connections. */
@Controller
final class IntegrationMutations {

    private final ConnectionWrites writes;
    private final ConnectionTests tests;
    private final GraphReads reads;

    IntegrationMutations(ConnectionWrites writes, ConnectionTests tests, GraphReads reads) {
        this.writes = writes;
        this.tests = tests;
        this.reads = reads;
    }

    /** What became of a change. */
    public record IntegrationPayload(
            @Nullable IntegrationConnection connection, List<UserError> userErrors) {}

    /** What a test found. */
    public record TestPayload(
            @Nullable Boolean works,
            @Nullable String problem,
            @Nullable IntegrationConnection connection,
            List<UserError> userErrors) {}

    @MutationMapping
    Mono<IntegrationPayload> connectIntegration(@Argument Map<String, Object> input) {
        return writes.connect(
                        (String) Objects.requireNonNull(input.get("provider")),
                        (String) input.get("name"),
                        (String) Objects.requireNonNull(input.get("environment")),
                        fields(input))
                .flatMap(this::payload);
    }

    @MutationMapping
    Mono<IntegrationPayload> updateIntegration(@Argument Map<String, Object> input) {
        return writes.update(
                        id(input),
                        version(input),
                        new ConnectionChange(
                                (String) input.get("name"),
                                (String) input.get("environment"),
                                (Boolean) input.get("isPaused"),
                                fields(input)))
                .flatMap(this::payload);
    }

    @MutationMapping
    Mono<IntegrationPayload> disconnectIntegration(@Argument Map<String, Object> input) {
        return writes.disconnect(id(input), version(input)).flatMap(this::payload);
    }

    @MutationMapping
    Mono<IntegrationPayload> rotateIntegrationCredentials(@Argument Map<String, Object> input) {
        Duration keepOldFor;
        try {
            String given = (String) input.get("keepOldFor");
            keepOldFor = given == null ? Duration.ZERO : Duration.parse(given);
        } catch (DateTimeParseException unreadable) {
            return payload(
                    ConnectionOutcome.refused(
                            UserError.Code.INVALID,
                            "keepOldFor",
                            "A time of ISO 8601, such as PT24H or P2D"));
        }
        return writes.rotate(id(input), version(input), fields(input), keepOldFor)
                .flatMap(this::payload);
    }

    @MutationMapping
    Mono<TestPayload> testIntegration(@Argument Map<String, Object> input) {
        return tests.run(id(input))
                .flatMap(
                        tested ->
                                switch (tested) {
                                    case ConnectionTests.Tested.Done(
                                                    UUID connection,
                                                    String problem) ->
                                            read(connection)
                                                    .map(
                                                            now ->
                                                                    new TestPayload(
                                                                            problem == null,
                                                                            problem,
                                                                            now,
                                                                            List.of()));
                                    case ConnectionTests.Tested.Refused(UserError error) ->
                                            Mono.just(
                                                    new TestPayload(
                                                            null, null, null, List.of(error)));
                                });
    }

    private Mono<IntegrationPayload> payload(ConnectionOutcome outcome) {
        return switch (outcome) {
            case ConnectionOutcome.Done(UUID connection) ->
                    read(connection).map(now -> new IntegrationPayload(now, List.of()));
            case ConnectionOutcome.Refused(List<UserError> errors) ->
                    Mono.just(new IntegrationPayload(null, errors));
        };
    }

    private Mono<IntegrationConnection> read(UUID id) {
        return reads.lookup(IntegrationConnection.LOOKUP, List.of(id))
                .mapNotNull(found -> found.get(id));
    }

    private static UUID id(Map<String, Object> input) {
        return NodeId.decode(
                NodeType.INTEGRATION_CONNECTION, (String) Objects.requireNonNull(input.get("id")));
    }

    private static @Nullable Long version(Map<String, Object> input) {
        Integer version = (Integer) input.get("expectedVersion");
        return version == null ? null : version.longValue();
    }

    @SuppressWarnings("unchecked") // The schema says what fields are.
    private static List<GivenField> fields(Map<String, Object> input) {
        List<Map<String, String>> fields = (List<Map<String, String>>) input.get("fields");
        return fields == null
                ? List.of()
                : fields.stream()
                        .map(
                                field ->
                                        new GivenField(
                                                Objects.requireNonNull(field.get("name")),
                                                Objects.requireNonNull(field.get("value"))))
                        .toList();
    }
}
