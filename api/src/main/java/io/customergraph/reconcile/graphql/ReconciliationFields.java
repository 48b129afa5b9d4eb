package io.customergraph.reconcile.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.reconcile.Reconciliation;
import io.customergraph.reconcile.ReconciliationDifference;
import io.customergraph.reconcile.ReconciliationEntity;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of reconciliations. */
@Component
final class ReconciliationFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    ReconciliationFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.RECONCILIATION, Reconciliation.class, Reconciliation::id)
                .fetcher(
                        "connection",
                        graph.one(IntegrationConnection.LOOKUP, Reconciliation::connectionId))
                .fetcher(
                        "entities",
                        graph.list(ReconciliationEntity.OF_RECONCILIATION, Reconciliation::id))
                .fetcher(
                        "differences",
                        graph.connection(
                                ReconciliationDifference.OF_RECONCILIATION, Reconciliation::id))
                .addTo(wiring);
        Fields.of("ReconciliationEntity")
                .components(ReconciliationEntity.class)
                .value("differences", ReconciliationEntity::differences)
                .addTo(wiring);
        Fields.of("ReconciliationDifference")
                .components(ReconciliationDifference.class)
                .addTo(wiring);
        Fields.of("IntegrationConnection")
                .fetcher(
                        "reconciliations",
                        graph.connection(Reconciliation.OF_CONNECTION, IntegrationConnection::id))
                .addTo(wiring);
        Fields.of("StartReconciliationPayload")
                .components(ReconciliationController.StartPayload.class)
                .addTo(wiring);
        Fields.addConnections(wiring, "Reconciliation", "ReconciliationDifference");
        Fields.addEnums(
                wiring,
                "ReconciliationStatus",
                "ReconciliationPhase",
                "ReconciliationDifferenceKind");
    }
}
