package io.customergraph.delivery.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.delivery.EventFilter;
import io.customergraph.delivery.IntegrationEvents;
import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.graphql.RootPages;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads deliveries. */
@Controller
final class DeliveryQueries {

    private final IntegrationEvents events;

    DeliveryQueries(IntegrationEvents events) {
        this.events = events;
    }

    @QueryMapping
    Mono<ConnectionPage> integrationEvents(
            @Argument @Nullable Map<String, Object> filter, DataFetchingEnvironment environment) {
        EventFilter wanted = filter(filter);
        return new RootPages<>(
                        "integrationEvents",
                        IntegrationEvents::isPlace,
                        page -> events.list(wanted, page),
                        IntegrationEvents::cursor,
                        events.count(wanted))
                .page(environment);
    }

    @QueryMapping
    Mono<String> integrationEventBody(@Argument String id) {
        return events.body(NodeId.decode(NodeType.INTEGRATION_EVENT, id));
    }

    static EventFilter filter(@Nullable Map<String, Object> filter) {
        if (filter == null) {
            return new EventFilter(null, List.of(), List.of(), null, null);
        }
        String connection = (String) filter.get("connectionId");
        return new EventFilter(
                connection == null
                        ? null
                        : NodeId.decode(NodeType.INTEGRATION_CONNECTION, connection),
                texts(filter.get("status")),
                texts(filter.get("topics")),
                (Instant) filter.get("receivedFrom"),
                (Instant) filter.get("receivedTo"));
    }

    @SuppressWarnings("unchecked") // The schema says what they are.
    private static List<String> texts(@Nullable Object values) {
        return values == null ? List.of() : (List<String>) values;
    }
}
