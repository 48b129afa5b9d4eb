package io.customergraph.delivery.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.delivery.IntegrationEvent;
import io.customergraph.delivery.QueueState;
import io.customergraph.delivery.WebhookAccess;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.IntegrationConnection;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of deliveries, and what connections have of them. */
@Component
final class DeliveryFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    DeliveryFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.INTEGRATION_EVENT, IntegrationEvent.class, IntegrationEvent::id)
                .fetcher(
                        "connection",
                        graph.one(IntegrationConnection.LOOKUP, IntegrationEvent::connectionId))
                .fetcher("accesses", graph.list(WebhookAccess.OF_EVENT, IntegrationEvent::id))
                .addTo(wiring);
        Fields.of("WebhookAccess").components(WebhookAccess.class).addTo(wiring);
        Fields.of("IntegrationConnection")
                .fetcher(
                        "events",
                        graph.connection(IntegrationEvent.OF_CONNECTION, IntegrationConnection::id))
                .fetcher("queue", graph.one(QueueState.OF_CONNECTION, IntegrationConnection::id))
                .addTo(wiring);
        Fields.of("IntegrationQueue").components(QueueState.class).addTo(wiring);
        Fields.of("ReplayIntegrationEventPayload")
                .components(DeliveryMutations.ReplayPayload.class)
                .addTo(wiring);
        Fields.of("ReplayIntegrationEventsPayload")
                .components(DeliveryMutations.ReplaysPayload.class)
                .addTo(wiring);
        Fields.addConnections(wiring, "IntegrationEvent");
        Fields.addEnums(wiring, "IntegrationEventStatus", "WebhookAccessPurpose");
    }
}
