package io.customergraph.timeline.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.timeline.TimelineEntry;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

import java.util.concurrent.CompletableFuture;

/** The fields of timelines. */
@Component
final class TimelineFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    TimelineFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.of("TimelineEvent")
                .components(TimelineEntry.class)
                .value("kind", (TimelineEntry entry) -> entry.type().code())
                .fetcher("node", Graph.loading(this::node))
                .addTo(wiring);
        Fields.addConnections(wiring, "TimelineEvent");
        Fields.addEnums(wiring, "TimelineKind");
    }

    private CompletableFuture<?> node(TimelineEntry entry, DataFetchingEnvironment environment) {
        return graph.load(environment, NodeType.valueOf(entry.type().name()).lookup(), entry.id());
    }
}
