package io.customergraph.run.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.NodeType;
import io.customergraph.run.MatchRun;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of runs. */
@Component
final class RunFields implements RuntimeWiringConfigurer {

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.MATCH_RUN, MatchRun.class, MatchRun::id).addTo(wiring);
        Fields.of("MatchRunPayload").components(RunController.RunPayload.class).addTo(wiring);
        Fields.addEnums(wiring, "MatchRunMode", "MatchRunStatus");
    }
}
