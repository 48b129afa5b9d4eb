package io.customergraph.run.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.model.MatchModels;
import io.customergraph.run.MatchRun;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of runs. */
@Component
final class RunFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    RunFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.MATCH_RUN, MatchRun.class, MatchRun::id)
                .fetcher("trained", graph.one(MatchModels.OF_RUN, MatchRun::id))
                .addTo(wiring);
        Fields.of("MatchRunPayload").components(RunController.RunPayload.class).addTo(wiring);
        Fields.addEnums(wiring, "MatchRunMode", "MatchRunStatus");
    }
}
