package io.customergraph.integration.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.RootPages;
import io.customergraph.integration.IntegrationConnections;
import io.customergraph.integration.ProviderCatalogue;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.Map;

/** Where a partner begins. */
@Controller
final class IntegrationQueries {

    private final ProviderCatalogue catalogue;
    private final IntegrationConnections connections;

    IntegrationQueries(ProviderCatalogue catalogue, IntegrationConnections connections) {
        this.catalogue = catalogue;
        this.connections = connections;
    }

    @QueryMapping
    Mono<ConnectionPage> integrationProviders(
            @Argument @Nullable Map<String, Object> filter, DataFetchingEnvironment environment) {
        ProviderList list =
                new ProviderList(catalogue.all(), catalogue.list(IntegrationFilters.of(filter)));
        return new RootPages<>(
                        "integrationProviders",
                        list::isPlace,
                        page -> Mono.just(list.page(page)),
                        ProviderList::cursor,
                        Mono.just(list.count()))
                .page(environment);
    }

    @QueryMapping
    Mono<ConnectionPage> integrationConnections(
            @Argument @Nullable Map<String, Object> filter, DataFetchingEnvironment environment) {
        IntegrationConnections.Filter wanted = IntegrationFilters.ofConnections(filter);
        return new RootPages<>(
                        "integrationConnections",
                        IntegrationConnections::isPlace,
                        page -> connections.list(wanted, page),
                        IntegrationConnections::cursor,
                        connections.count(wanted))
                .page(environment);
    }
}
