package io.customergraph.privacy.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.customer.Customer;
import io.customergraph.customer.Customers;
import io.customergraph.customer.UserError;
import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.RootPages;
import io.customergraph.paging.GraphReads;
import io.customergraph.paging.NewestFirst;
import io.customergraph.privacy.PrivacyRequest;
import io.customergraph.privacy.PrivacyRequests;
import io.customergraph.worker.PrivacyWorker;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Erases, copies, and lists what was asked. */
@Controller
final class PrivacyController {

    private final PrivacyRequests requests;
    private final GraphReads reads;
    private final PrivacyWorker worker;

    PrivacyController(PrivacyRequests requests, GraphReads reads, PrivacyWorker worker) {
        this.requests = requests;
        this.reads = reads;
        this.worker = worker;
    }

    /** What became of asking for an erasure. */
    public record ErasePayload(@Nullable PrivacyRequest request, List<UserError> userErrors) {}

    @QueryMapping
    Mono<ConnectionPage> privacyRequests(
            @Argument @Nullable String status, DataFetchingEnvironment environment) {
        return new RootPages<>(
                        "privacyRequests",
                        NewestFirst::isPlace,
                        page -> requests.list(status, page),
                        PrivacyRequests::cursor,
                        requests.count(status))
                .page(environment);
    }

    @MutationMapping
    Mono<ErasePayload> eraseCustomer(@Argument Map<String, Object> input) {
        return customer(input)
                .flatMap(requests::erase)
                .flatMap(
                        erased -> {
                            UUID id = erased.request();
                            return id == null
                                    ? Mono.just(new ErasePayload(null, erased.userErrors()))
                                    : reads.lookup(PrivacyRequest.LOOKUP, List.of(id))
                                            .map(
                                                    found ->
                                                            new ErasePayload(
                                                                    found.get(id), List.of()))
                                            .doOnNext(_ -> worker.wake());
                        });
    }

    @MutationMapping
    Mono<PrivacyRequests.Exported> exportCustomer(@Argument Map<String, Object> input) {
        return customer(input).flatMap(id -> requests.export(id, (String) input.get("after")));
    }

    /** A customer that was merged stands for the one that they became. */
    private Mono<UUID> customer(Map<String, Object> input) {
        UUID named = NodeId.customer((String) Objects.requireNonNull(input.get("id")));
        return reads.lookup(Customers.LOOKUP, List.of(named))
                .mapNotNull(found -> found.get(named))
                .map(Customer::id)
                .defaultIfEmpty(named);
    }
}
