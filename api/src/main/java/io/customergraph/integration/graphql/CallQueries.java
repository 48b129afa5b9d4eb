package io.customergraph.integration.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.graphql.RootPages;
import io.customergraph.integration.ApiCalls;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.Map;

/** Reads what was called, and what happened with connections. */
@Controller
final class CallQueries {

    private final ApiCalls calls;
    private final MetricPages metrics;

    CallQueries(ApiCalls calls, MetricPages metrics) {
        this.calls = calls;
        this.metrics = metrics;
    }

    @QueryMapping
    Mono<ConnectionPage> integrationApiCalls(
            @Argument @Nullable Map<String, Object> filter, DataFetchingEnvironment environment) {
        ApiCalls.Filter wanted = CallFilters.of(filter == null ? Map.of() : filter);
        return new RootPages<>(
                        "integrationApiCalls",
                        ApiCalls::isPlace,
                        page -> calls.list(wanted, page),
                        ApiCalls::cursor,
                        calls.count(wanted))
                .page(environment);
    }

    @QueryMapping
    Mono<ConnectionPage> integrationMetrics(
            @Argument @Nullable String connectionId, DataFetchingEnvironment environment) {
        return connectionId == null
                ? metrics.ofTenant(environment)
                : metrics.of(
                        NodeId.decode(NodeType.INTEGRATION_CONNECTION, connectionId), environment);
    }
}
