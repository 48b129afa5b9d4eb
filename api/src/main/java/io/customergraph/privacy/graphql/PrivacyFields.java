package io.customergraph.privacy.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.customer.Customers;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.privacy.PrivacyRequest;
import io.customergraph.privacy.PrivacyRequests;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of privacy requests. */
@Component
final class PrivacyFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    PrivacyFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.PRIVACY_REQUEST, PrivacyRequest.class, PrivacyRequest::id)
                .fetcher("customer", graph.one(Customers.LOOKUP, PrivacyRequest::customer))
                .fetcher(
                        "connection",
                        graph.one(IntegrationConnection.LOOKUP, PrivacyRequest::connection))
                .addTo(wiring);
        Fields.of("EraseCustomerPayload")
                .components(PrivacyController.ErasePayload.class)
                .addTo(wiring);
        Fields.of("ExportCustomerPayload").components(PrivacyRequests.Exported.class).addTo(wiring);
        Fields.addConnections(wiring, "PrivacyRequest");
        Fields.addEnums(wiring, "PrivacyRequestKind", "PrivacyRequestStatus");
    }
}
