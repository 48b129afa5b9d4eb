package io.customergraph.graphql;

import graphql.schema.DataFetchingEnvironment;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A page of any connection, as its GraphQL type shows it. */
public interface ConnectionPage {

    List<?> nodes();

    /** The cursor of the node at a place of this page. */
    String cursor(int index);

    boolean hasNextPage();

    boolean hasPreviousPage();

    /** How many there are on all pages; asked for only where it is selected. */
    CompletableFuture<?> totalCount(DataFetchingEnvironment environment);

    /** A node and its cursor. */
    record Edge(String cursor, Object node) {}

    default List<Edge> edges() {
        List<?> nodes = nodes();
        Edge[] edges = new Edge[nodes.size()];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = new Edge(cursor(i), nodes.get(i));
        }
        return List.of(edges);
    }

    default @Nullable String startCursor() {
        return nodes().isEmpty() ? null : cursor(0);
    }

    default @Nullable String endCursor() {
        return nodes().isEmpty() ? null : cursor(nodes().size() - 1);
    }
}
