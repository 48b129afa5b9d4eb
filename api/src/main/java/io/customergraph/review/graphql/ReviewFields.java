package io.customergraph.review.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.customer.Customers;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of explanations. */
@Component
final class ReviewFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    ReviewFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.of("MatchExplanation")
                .components(ExplainedMatch.class)
                .fetcher("a", graph.one(Customers.LOOKUP, ExplainedMatch::customerA))
                .fetcher("b", graph.one(Customers.LOOKUP, ExplainedMatch::customerB))
                .addTo(wiring);
        Fields.of("FieldComparison").components(ExplainedMatch.FieldComparison.class).addTo(wiring);
    }
}
