package io.customergraph.change.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.change.Change;
import io.customergraph.customer.Customers;
import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

import java.util.UUID;

/** The fields of changes. */
@Component
final class ChangeFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    ChangeFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.of("Change")
                .components(Change.class)
                .value("customerId", (Change change) -> id(change.customerId()))
                .fetcher("customer", graph.one(Customers.LOOKUP, Change::customerId))
                .value("otherCustomerId", (Change change) -> id(change.otherCustomerId()))
                .fetcher("otherCustomer", graph.one(Customers.LOOKUP, Change::otherCustomerId))
                .addTo(wiring);
        Fields.of("ChangeConnection")
                .value("edges", ConnectionPage::edges)
                .value("nodes", ConnectionPage::nodes)
                .value("pageInfo", page -> page)
                .addTo(wiring);
        Fields.of("ChangeEdge").components(ConnectionPage.Edge.class).addTo(wiring);
        Fields.addEnums(wiring, "ChangeKind");
    }

    private static @Nullable String id(@Nullable UUID customer) {
        return customer == null ? null : NodeId.encode(NodeType.CUSTOMER, customer);
    }
}
