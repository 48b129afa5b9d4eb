package io.customergraph.change.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.change.Change;
import io.customergraph.change.Changes;
import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.RootPages;

import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

/** Where a partner resumes. */
@Controller
final class ChangeQueries {

    private final Changes changes;

    ChangeQueries(Changes changes) {
        this.changes = changes;
    }

    @QueryMapping
    Mono<ConnectionPage> changes(DataFetchingEnvironment environment) {
        return new RootPages<>(
                        "changes", Changes::isPlace, changes::after, Change::place, Mono.empty())
                .page(environment);
    }
}
