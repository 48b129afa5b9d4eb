package io.customergraph.link.graphql;

import io.customergraph.customer.Customer;
import io.customergraph.customer.Customers;
import io.customergraph.customer.UserError;
import io.customergraph.customer.WriteOutcome;
import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.Reason;
import io.customergraph.ingest.RecordType;
import io.customergraph.link.RecordLinks;
import io.customergraph.paging.GraphReads;
import io.customergraph.paging.Lookup;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Decisions about single records. */
@Controller
final class LinkMutations {

    private final RecordLinks links;
    private final GraphReads reads;

    LinkMutations(RecordLinks links, GraphReads reads) {
        this.links = links;
        this.reads = reads;
    }

    /** What became of a decision. */
    public record RecordPayload(
            @Nullable Object record, @Nullable Customer customer, List<UserError> userErrors) {}

    @MutationMapping
    Mono<RecordPayload> linkRecord(@Argument Map<String, Object> input) {
        NodeId record = record(input);
        String customer = (String) Objects.requireNonNull(input.get("customerId"));
        Integer version = (Integer) input.get("expectedVersion");
        return links.link(
                        recordType(record),
                        record.id(),
                        NodeId.customer(customer),
                        version == null ? null : version.longValue(),
                        Reason.of(input))
                .flatMap(outcome -> payload(record, outcome));
    }

    @MutationMapping
    Mono<RecordPayload> unlinkRecord(@Argument Map<String, Object> input) {
        NodeId record = record(input);
        return links.unlink(recordType(record), record.id(), Reason.of(input))
                .flatMap(outcome -> payload(record, outcome));
    }

    private Mono<RecordPayload> payload(NodeId record, WriteOutcome outcome) {
        if (outcome.customer().isEmpty()) {
            return Mono.just(new RecordPayload(null, null, outcome.userErrors()));
        }
        UUID customer = outcome.customer().get();
        return one(record.type().lookup(), record.id())
                .zipWith(one(Customers.LOOKUP, customer))
                .map(both -> new RecordPayload(both.getT1(), (Customer) both.getT2(), List.of()));
    }

    private Mono<Object> one(Lookup<?> lookup, UUID id) {
        return reads.lookup(lookup, List.of(id)).mapNotNull(found -> (Object) found.get(id));
    }

    private static NodeId record(Map<String, Object> input) {
        return NodeId.decode((String) Objects.requireNonNull(input.get("recordId")));
    }

    private static RecordType recordType(NodeId record) {
        return Arrays.stream(RecordType.values())
                .filter(RecordType::isAboutSomebody)
                .filter(type -> type.name().equals(record.type().name()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidRequest(
                                        InvalidRequest.Code.INVALID_ID,
                                        "A "
                                                + record.type().typeName()
                                                + " is no record that belongs to a customer"));
    }
}
