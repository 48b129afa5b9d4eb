package io.customergraph.scheduling.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.customer.Customers;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.scheduling.Appointment;
import io.customergraph.scheduling.Prospect;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of appointments and prospects. */
@Component
final class SchedulingFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    SchedulingFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.APPOINTMENT, Appointment.class, Appointment::id)
                .fetcher("customer", graph.one(Customers.LOOKUP, Appointment::customerId))
                .addTo(wiring);
        Fields.ofNode(NodeType.PROSPECT, Prospect.class, Prospect::id)
                .fetcher("customer", graph.one(Customers.LOOKUP, Prospect::customerId))
                .addTo(wiring);
        Fields.addConnections(wiring, "Appointment", "Prospect");
        Fields.addEnums(wiring, "AppointmentStatus", "ProspectStatus");
    }
}
