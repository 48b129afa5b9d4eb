package io.customergraph.limits;

import graphql.ExecutionInput;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.graphql.observation.GraphQlObservationInstrumentation;

/**
 * Measures each operation once. Spring's own measures each field as well, which on a page of some
 * thousand fields takes longer than to answer it.
 */
final class OperationTimes extends GraphQlObservationInstrumentation {

    OperationTimes(ObservationRegistry registry) {
        super(registry);
    }

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> field,
            InstrumentationFieldFetchParameters parameters,
            InstrumentationState state) {
        return field;
    }

    @Override
    public ExecutionInput instrumentExecutionInput(
            ExecutionInput input,
            InstrumentationExecutionParameters parameters,
            InstrumentationState state) {
        return input;
    }
}
