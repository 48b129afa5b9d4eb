package io.customergraph.reconcile.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.paging.GraphReads;
import io.customergraph.provider.sync.Reconciler;
import io.customergraph.reconcile.Reconciliation;
import io.customergraph.reconcile.ReconciliationRequests;
import io.customergraph.worker.ReconciliationWorker;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Reconciliations: asked for, and followed. */
@Controller
final class ReconciliationController {

    private final ReconciliationRequests requests;
    private final Reconciler reconciler;
    private final ObjectProvider<ReconciliationWorker> worker;
    private final GraphReads reads;

    ReconciliationController(
            ReconciliationRequests requests,
            Reconciler reconciler,
            ObjectProvider<ReconciliationWorker> worker,
            GraphReads reads) {
        this.requests = requests;
        this.reconciler = reconciler;
        this.worker = worker;
        this.reads = reads;
    }

    /** What became of asking for one. */
    public record StartPayload(
            @Nullable Reconciliation reconciliation, List<UserError> userErrors) {}

    @QueryMapping
    Mono<Reconciliation> reconciliation(@Argument String id) {
        return read(NodeId.decode(NodeType.RECONCILIATION, id));
    }

    @MutationMapping
    Mono<StartPayload> startReconciliation(@Argument Map<String, Object> input) {
        UUID connection =
                NodeId.decode(
                        NodeType.INTEGRATION_CONNECTION,
                        (String) Objects.requireNonNull(input.get("connectionId")));
        boolean repairs = Boolean.TRUE.equals(input.get("repair"));
        return reads.lookup(IntegrationConnection.LOOKUP, List.of(connection))
                .flatMap(
                        found -> {
                            IntegrationConnection of = found.get(connection);
                            Set<String> all =
                                    of == null ? Set.of() : reconciler.resources(of.provider());
                            Set<String> wanted = wanted(input.get("resources"), all);
                            UserError error = problem(of, all, wanted);
                            return error == null
                                    ? start(connection, List.copyOf(wanted), repairs)
                                    : Mono.just(new StartPayload(null, List.of(error)));
                        });
    }

    @SuppressWarnings("unchecked") // The schema says what it is.
    private static Set<String> wanted(@Nullable Object given, Set<String> all) {
        return new TreeSet<>(given == null ? all : (List<String>) given);
    }

    private Mono<StartPayload> start(UUID connection, List<String> resources, boolean repairs) {
        return requests.request(connection, resources, repairs)
                .flatMap(this::read)
                .map(run -> new StartPayload(run, List.of()))
                .doOnNext(started -> worker.ifAvailable(ReconciliationWorker::wake))
                .defaultIfEmpty(
                        new StartPayload(
                                null,
                                List.of(
                                        UserError.of(
                                                UserError.Code.ALREADY_RUNNING,
                                                "connectionId",
                                                "A reconciliation of the connection is under way"
                                                        + " already; start another when it has"
                                                        + " ended"))));
    }

    private Mono<Reconciliation> read(UUID id) {
        return reads.lookup(Reconciliation.LOOKUP, List.of(id)).mapNotNull(found -> found.get(id));
    }

    private static @Nullable UserError problem(
            @Nullable IntegrationConnection connection, Set<String> all, Set<String> wanted) {
        if (connection == null) {
            return UserError.of(
                    UserError.Code.NOT_FOUND, "connectionId", "There is no such connection");
        }
        if (!connection.status().equals("active")) {
            return UserError.of(
                    UserError.Code.BLOCKED,
                    "connectionId",
                    "The connection is not active; authorize, resume or connect it first");
        }
        if (all.isEmpty()) {
            return UserError.of(
                    UserError.Code.BLOCKED,
                    "connectionId",
                    "Nothing is read at this provider: it delivers by its webhook");
        }
        return !wanted.isEmpty() && all.containsAll(wanted)
                ? null
                : UserError.of(
                        UserError.Code.INVALID,
                        "resources",
                        "What is read there is " + String.join(", ", new TreeSet<>(all)));
    }
}
