package io.customergraph.link.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;

import io.customergraph.customer.Customers;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.link.MatchDecision;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The fields of the ledger. */
@Component
final class DecisionFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    DecisionFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.MATCH_DECISION, MatchDecision.class, MatchDecision::id)
                .fetcher(
                        "otherCustomer",
                        graph.one(Customers.LOOKUP, MatchDecision::otherCustomerId))
                .fetcher("record", Graph.loading(this::record))
                .addTo(wiring);
        Fields.of("DecidedComparison").components(MatchDecision.Compared.class).addTo(wiring);
        Fields.of("RecordPayload").components(LinkMutations.RecordPayload.class).addTo(wiring);
        Fields.addConnections(wiring, "MatchDecision");
        Fields.addEnums(wiring, "MatchDecisionKind");
    }

    private @Nullable CompletableFuture<?> record(
            MatchDecision decision, DataFetchingEnvironment environment) {
        return decision.recordType() == null || decision.recordId() == null
                ? null
                : graph.load(
                        environment,
                        NodeType.valueOf(decision.recordType().toUpperCase(Locale.ROOT)).lookup(),
                        decision.recordId());
    }
}
