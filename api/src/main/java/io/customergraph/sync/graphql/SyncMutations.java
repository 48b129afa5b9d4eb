package io.customergraph.sync.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.paging.GraphReads;
import io.customergraph.provider.sync.HistorySync;
import io.customergraph.sync.Syncs;
import io.customergraph.worker.HistoryWorker;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Asks for a pass over what a connection's provider has. */
@Controller
final class SyncMutations {

    private final Syncs syncs;
    private final HistorySync histories;
    private final ObjectProvider<HistoryWorker> worker;
    private final GraphReads reads;

    SyncMutations(
            Syncs syncs,
            HistorySync histories,
            ObjectProvider<HistoryWorker> worker,
            GraphReads reads) {
        this.syncs = syncs;
        this.histories = histories;
        this.worker = worker;
        this.reads = reads;
    }

    /** What became of it. */
    public record SyncPayload(
            @Nullable IntegrationConnection connection, List<UserError> userErrors) {}

    @MutationMapping
    Mono<SyncPayload> syncIntegration(@Argument Map<String, Object> input) {
        UUID id =
                NodeId.decode(
                        NodeType.INTEGRATION_CONNECTION,
                        (String) Objects.requireNonNull(input.get("id")));
        boolean full = Boolean.TRUE.equals(input.get("isFull"));
        return reads.lookup(IntegrationConnection.LOOKUP, List.of(id))
                .flatMap(
                        found -> {
                            IntegrationConnection connection = found.get(id);
                            UserError error = problem(connection);
                            return error == null
                                    ? syncs.request(id, full)
                                            .doOnSuccess(
                                                    _ -> worker.ifAvailable(HistoryWorker::wake))
                                            .thenReturn(new SyncPayload(connection, List.of()))
                                    : Mono.just(new SyncPayload(null, List.of(error)));
                        });
    }

    private @Nullable UserError problem(@Nullable IntegrationConnection connection) {
        if (connection == null) {
            return UserError.of(UserError.Code.NOT_FOUND, "id", "There is no such connection");
        }
        if (!connection.status().equals("active")) {
            return UserError.of(
                    UserError.Code.BLOCKED,
                    "id",
                    "The connection is not active; authorize, resume or connect it first");
        }
        return histories.providers().contains(connection.provider())
                ? null
                : UserError.of(
                        UserError.Code.BLOCKED,
                        "id",
                        "Nothing is read at this provider: it delivers by its webhook");
    }
}
