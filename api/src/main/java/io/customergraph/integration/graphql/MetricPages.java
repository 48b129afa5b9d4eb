package io.customergraph.integration.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.RootPages;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.integration.IntegrationMetric;
import io.customergraph.integration.IntegrationMetrics;
import io.customergraph.integration.MetricSpans;
import io.customergraph.integration.TimeSpan;
import io.customergraph.paging.PageRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Pages of hours or days, by a field's arguments. */
@Component
final class MetricPages {

    private final IntegrationMetrics metrics;
    private final Graph graph;

    MetricPages(IntegrationMetrics metrics, Graph graph) {
        this.metrics = metrics;
        this.graph = graph;
    }

    Mono<ConnectionPage> ofTenant(DataFetchingEnvironment environment) {
        MetricSpans spans = spans(environment);
        return pages("integrationMetrics", spans, page -> metrics.ofTenant(spans, page))
                .page(environment);
    }

    Mono<ConnectionPage> of(UUID connection, DataFetchingEnvironment environment) {
        MetricSpans spans = spans(environment);
        return pages(
                        "integrationMetrics",
                        spans,
                        page ->
                                metrics.ofConnections(List.of(connection), spans, page)
                                        .map(found -> found.getOrDefault(connection, List.of())))
                .page(environment);
    }

    /** What one statement reads for all connections that are asked alike. */
    private record Alike(MetricSpans spans, PageRequest page) {}

    CompletableFuture<?> of(IntegrationConnection connection, DataFetchingEnvironment environment) {
        MetricSpans spans = spans(environment);
        RootPages<IntegrationMetric> pages =
                pages("IntegrationConnection.metrics", spans, _ -> Mono.just(List.of()));
        PageRequest page = pages.request(environment);
        return graph.<List<IntegrationMetric>>load(
                        environment,
                        new Alike(spans, page),
                        connection.id(),
                        ids -> metrics.ofConnections(ids, spans, page))
                .thenApply(found -> pages.page(orNone(found), page));
    }

    private static List<IntegrationMetric> orNone(@Nullable List<IntegrationMetric> found) {
        return found == null ? List.of() : found;
    }

    private static MetricSpans spans(DataFetchingEnvironment environment) {
        TimeSpan span =
                CallFilters.span(environment.getArgument("from"), environment.getArgument("to"));
        return "DAY".equals(environment.<String>getArgument("interval"))
                ? MetricSpans.days(span)
                : MetricSpans.hours(span);
    }

    private static RootPages<IntegrationMetric> pages(
            String name,
            MetricSpans spans,
            Function<PageRequest, Mono<List<IntegrationMetric>>> find) {
        return new RootPages<>(
                name,
                spans::isPlace,
                find,
                metric -> MetricSpans.cursor(metric.from()),
                Mono.just(spans.count()));
    }
}
