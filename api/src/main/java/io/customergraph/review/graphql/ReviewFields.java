package io.customergraph.review.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.customer.Customer;
import io.customergraph.customer.Customers;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.review.Estimate;
import io.customergraph.review.MatchCandidate;
import io.customergraph.review.MatchCandidates;
import io.customergraph.review.MatchQuality;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of explanations and candidates. */
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
        Fields.ofNode(NodeType.MATCH_CANDIDATE, MatchCandidate.class, MatchCandidate::id)
                .fetcher("customer", graph.one(Customers.LOOKUP, MatchCandidate::customerId))
                .fetcher(
                        "otherCustomer",
                        graph.one(Customers.LOOKUP, MatchCandidate::otherCustomerId))
                .addTo(wiring);
        Fields.of("Customer")
                .fetcher(
                        "matchCandidates",
                        graph.connection(MatchCandidates.OF_CUSTOMER, Customer::id))
                .addTo(wiring);
        Fields.of("MatchCandidatePayload")
                .components(CandidateMutations.CandidatePayload.class)
                .fetcher(
                        "candidate",
                        graph.one(
                                MatchCandidates.LOOKUP,
                                CandidateMutations.CandidatePayload::candidate))
                .fetcher(
                        "customer",
                        graph.one(Customers.LOOKUP, CandidateMutations.CandidatePayload::customer))
                .addTo(wiring);
        Fields.of("MatchQuality")
                .components(MatchQuality.class)
                .value("precision", MatchQuality::precision)
                .value("recall", MatchQuality::recall)
                .value("f1", MatchQuality::f1)
                .addTo(wiring);
        Fields.of("Estimate").components(Estimate.class).addTo(wiring);
        Fields.addConnections(wiring, "MatchCandidate");
        Fields.addEnums(wiring, "MatchCandidateReason", "MatchCandidateStatus");
    }
}
