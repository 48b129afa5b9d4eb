package io.customergraph.integration.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.integration.ApiCall;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.integration.IntegrationMetric;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of calls to providers, and of what was counted. */
@Component
final class CallFields implements RuntimeWiringConfigurer {

    private final Graph graph;
    private final MetricPages metrics;

    CallFields(Graph graph, MetricPages metrics) {
        this.graph = graph;
        this.metrics = metrics;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.of("IntegrationApiCall")
                .components(ApiCall.class)
                .value("outcome", (ApiCall call) -> call.outcome().name())
                .fetcher(
                        "connection",
                        graph.one(IntegrationConnection.LOOKUP, ApiCall::connectionId))
                .addTo(wiring);
        Fields.of("IntegrationMetric").components(IntegrationMetric.class).addTo(wiring);
        Fields.of("IntegrationConnection")
                .fetcher(
                        "apiCalls",
                        graph.connection(ApiCall.OF_CONNECTION, IntegrationConnection::id))
                .fetcher(
                        "metrics",
                        Graph.loading(
                                (IntegrationConnection connection,
                                        DataFetchingEnvironment environment) ->
                                        metrics.of(connection, environment)))
                .addTo(wiring);
        Fields.addConnections(wiring, "IntegrationApiCall", "IntegrationMetric");
    }
}
