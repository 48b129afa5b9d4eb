package io.customergraph.delivery.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.delivery.EventFilter;
import io.customergraph.delivery.IntegrationEvent;
import io.customergraph.delivery.IntegrationEvents;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.paging.GraphReads;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Has deliveries applied again. */
@Controller
final class DeliveryMutations {

    private final IntegrationEvents events;
    private final GraphReads reads;

    DeliveryMutations(IntegrationEvents events, GraphReads reads) {
        this.events = events;
        this.reads = reads;
    }

    /** What became of a replay. */
    public record ReplayPayload(@Nullable IntegrationEvent event, List<UserError> userErrors) {}

    /** What became of a replay of several. */
    public record ReplaysPayload(
            @Nullable Long replayed, @Nullable Long left, List<UserError> userErrors) {}

    @MutationMapping
    Mono<ReplayPayload> replayIntegrationEvent(@Argument Map<String, Object> input) {
        UUID id =
                NodeId.decode(
                        NodeType.INTEGRATION_EVENT,
                        (String) Objects.requireNonNull(input.get("id")));
        return events.replay(id)
                .flatMap(
                        isReplayed ->
                                reads.lookup(IntegrationEvent.LOOKUP, List.of(id))
                                        .flatMap(found -> payload(isReplayed, found.get(id))));
    }

    private Mono<ReplayPayload> payload(boolean isReplayed, @Nullable IntegrationEvent event) {
        if (isReplayed) {
            return Mono.just(new ReplayPayload(event, List.of()));
        }
        if (event == null) {
            return Mono.just(notReplayed(UserError.Code.NOT_FOUND, "There is no such delivery"));
        }
        UUID connection = event.connectionId();
        return reads.lookup(IntegrationConnection.LOOKUP, List.of(connection))
                .map(
                        found ->
                                notReplayed(
                                        UserError.Code.BLOCKED, why(event, found.get(connection))));
    }

    private static ReplayPayload notReplayed(UserError.Code code, String message) {
        return new ReplayPayload(null, List.of(UserError.of(code, "id", message)));
    }

    private static String why(IntegrationEvent event, @Nullable IntegrationConnection connection) {
        if (!event.hasBody()) {
            return "Its body is not kept any more; change the record at the provider, which"
                    + " delivers it anew";
        }
        return connection != null && connection.disconnectedAt() != null
                ? "Its connection is disconnected; connect the account again, and have the"
                        + " provider deliver it anew"
                : "It waits or is worked at already; look at its status again in a moment";
    }

    @MutationMapping
    Mono<ReplaysPayload> replayIntegrationEvents(@Argument Map<String, Object> input) {
        @SuppressWarnings("unchecked") // The schema says what it is.
        EventFilter filter = DeliveryQueries.filter((Map<String, Object>) input.get("filter"));
        int limit = (Integer) Objects.requireNonNull(input.get("limit"));
        UUID connection = filter.connection();
        if (connection == null) {
            return refused(
                    UserError.Code.REQUIRED,
                    "filter",
                    "Name the connection by `connectionId`; replay one connection after the other");
        }
        if (limit < 1 || limit > IntegrationEvents.MOST_REPLAYED) {
            return refused(
                    UserError.Code.INVALID,
                    "limit",
                    "1 to %d; call again for what is left"
                            .formatted(IntegrationEvents.MOST_REPLAYED));
        }
        return reads.lookup(IntegrationConnection.LOOKUP, List.of(connection))
                .flatMap(found -> replay(found.get(connection), filter, limit));
    }

    private Mono<ReplaysPayload> replay(
            @Nullable IntegrationConnection connection, EventFilter filter, int limit) {
        if (connection == null) {
            return refused(UserError.Code.NOT_FOUND, "filter", "There is no such connection");
        }
        if (connection.disconnectedAt() != null) {
            return refused(
                    UserError.Code.BLOCKED,
                    "filter",
                    "The connection is disconnected; connect the account again, and have the"
                            + " provider deliver anew");
        }
        return events.replay(connection.id(), filter, limit)
                .map(done -> new ReplaysPayload(done.replayed(), done.left(), List.of()));
    }

    private static Mono<ReplaysPayload> refused(UserError.Code code, String field, String message) {
        return Mono.just(
                new ReplaysPayload(null, null, List.of(UserError.of(code, field, message))));
    }
}
