package io.customergraph.push.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of what is told of pushed records. */
@Component
final class PushFields implements RuntimeWiringConfigurer {

    PushFields() {}

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.of("IngestRecordsPayload")
                .components(PushMutations.IngestPayload.class)
                .addTo(wiring);
        Fields.of("IngestResult").components(PushMutations.Result.class).addTo(wiring);
        Fields.of("IngestError").components(PushMutations.ResultError.class).addTo(wiring);
    }
}
