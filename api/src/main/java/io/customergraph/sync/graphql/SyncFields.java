package io.customergraph.sync.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.sync.IntegrationSync;
import io.customergraph.sync.Rejection;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of passes. */
@Component
final class SyncFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    SyncFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.of("IntegrationSync")
                .components(IntegrationSync.class)
                .value("status", (IntegrationSync sync) -> sync.status().name())
                .addTo(wiring);
        Fields.of("IntegrationSyncRejection").components(Rejection.class).addTo(wiring);
        Fields.of("IntegrationConnection")
                .fetcher(
                        "syncs",
                        graph.list(IntegrationSync.OF_CONNECTION, IntegrationConnection::id))
                .addTo(wiring);
        Fields.of("SyncIntegrationPayload")
                .components(SyncMutations.SyncPayload.class)
                .addTo(wiring);
    }
}
