package io.customergraph.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Page;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A page of one parent's children. */
record NestedPage<T>(
        Graph graph,
        Connection<T> connection,
        UUID parent,
        @Nullable List<String> kinds,
        Page<T> page)
        implements ConnectionPage {

    @Override
    public List<?> nodes() {
        return page.items();
    }

    @Override
    public String cursor(int index) {
        return CursorText.encode(connection.name(), connection.cursor(page.items().get(index)));
    }

    @Override
    public boolean hasNextPage() {
        return page.hasNext();
    }

    @Override
    public boolean hasPreviousPage() {
        return page.hasPrevious();
    }

    @Override
    public CompletableFuture<?> totalCount(DataFetchingEnvironment environment) {
        return graph.count(environment, connection, parent, kinds);
    }
}
