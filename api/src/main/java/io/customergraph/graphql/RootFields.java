package io.customergraph.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** {@code node}, {@code nodes} and {@code viewer}, the scalars, and which type an object is. */
@Component
final class RootFields implements RuntimeWiringConfigurer {

    private static final int MAX_NODES = 100;

    private final Graph graph;

    RootFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Scalars.ALL.forEach(wiring::scalar);
        wiring.type(
                TypeRuntimeWiring.newTypeWiring("Node")
                        .typeResolver(
                                environment ->
                                        environment
                                                .getSchema()
                                                .getObjectType(
                                                        environment
                                                                .getObject()
                                                                .getClass()
                                                                .getSimpleName()))
                        .build());
        Fields.of("Query")
                .fetcher("viewer", environment -> TenantContext.caller())
                .fetcher("node", Graph.loading(this::node))
                .fetcher("nodes", Graph.loading(this::nodes))
                .addTo(wiring);
        Fields.of("Viewer")
                .value("name", Caller::name)
                .value("tenant", (Caller caller) -> caller.tenant().value())
                .value("scopes", (Caller caller) -> caller.scopes().stream().sorted().toList())
                .addTo(wiring);
        Fields.of("PageInfo")
                .value("hasNextPage", ConnectionPage::hasNextPage)
                .value("hasPreviousPage", ConnectionPage::hasPreviousPage)
                .value("startCursor", ConnectionPage::startCursor)
                .value("endCursor", ConnectionPage::endCursor)
                .addTo(wiring);
    }

    private CompletableFuture<?> node(DataFetchingEnvironment environment) {
        String id = Objects.requireNonNull(environment.getArgument("id"));
        return loads(environment, List.of(id)).getFirst();
    }

    private CompletableFuture<List<Object>> nodes(DataFetchingEnvironment environment) {
        List<String> ids = Objects.requireNonNull(environment.getArgument("ids"));
        if (ids.size() > MAX_NODES) {
            throw new InvalidRequest(
                    InvalidRequest.Code.BAD_USER_INPUT,
                    "At most " + MAX_NODES + " ids at once, not " + ids.size());
        }
        return Graph.all(loads(environment, ids));
    }

    /** Nothing is read where the caller may not see one of them, so that no answer tells of it. */
    private List<CompletableFuture<?>> loads(
            DataFetchingEnvironment environment, List<String> texts) {
        List<NodeId> ids = texts.stream().map(NodeId::decode).toList();
        Caller caller = Batches.of(environment).caller();
        for (NodeId id : ids) {
            if (!caller.may(id.type().scope())) {
                throw new MissingScope(id.type());
            }
        }
        return ids.stream()
                .<CompletableFuture<?>>map(
                        id -> graph.load(environment, id.type().lookup(), id.id()))
                .toList();
    }
}
