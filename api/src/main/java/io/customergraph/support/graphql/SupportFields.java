package io.customergraph.support.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.customer.Customers;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.support.SupportContact;
import io.customergraph.support.SupportTicket;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of support tickets and of whom helpdesks know. */
@Component
final class SupportFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    SupportFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.SUPPORT_TICKET, SupportTicket.class, SupportTicket::id)
                .fetcher("customer", graph.one(Customers.LOOKUP, SupportTicket::customerId))
                .addTo(wiring);
        Fields.ofNode(NodeType.SUPPORT_CONTACT, SupportContact.class, SupportContact::id)
                .fetcher("customer", graph.one(Customers.LOOKUP, SupportContact::customerId))
                .addTo(wiring);
        Fields.addConnections(wiring, "SupportTicket", "SupportContact");
        Fields.addEnums(wiring, "TicketStatus", "TicketPriority");
    }
}
