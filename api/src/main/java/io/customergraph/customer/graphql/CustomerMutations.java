package io.customergraph.customer.graphql;

import io.customergraph.customer.Change;
import io.customergraph.customer.Customer;
import io.customergraph.customer.CustomerDraft;
import io.customergraph.customer.CustomerWrites;
import io.customergraph.customer.Customers;
import io.customergraph.customer.UserError;
import io.customergraph.customer.WriteOutcome;
import io.customergraph.graphql.NodeId;
import io.customergraph.paging.GraphReads;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Changes of customers by hand. */
@Controller
final class CustomerMutations {

    private final CustomerWrites writes;
    private final GraphReads reads;

    CustomerMutations(CustomerWrites writes, GraphReads reads) {
        this.writes = writes;
        this.reads = reads;
    }

    /** What became of a change. */
    public record CustomerPayload(@Nullable Customer customer, List<UserError> userErrors) {}

    @MutationMapping
    Mono<CustomerPayload> createCustomer(@Argument Map<String, Object> input) {
        return writes.create(draft(input)).flatMap(this::payload);
    }

    @MutationMapping
    Mono<CustomerPayload> updateCustomer(@Argument Map<String, Object> input) {
        String id = (String) Objects.requireNonNull(input.get("id"));
        Integer version = (Integer) input.get("expectedVersion");
        return writes.update(
                        NodeId.customer(id),
                        version == null ? null : version.longValue(),
                        draft(input))
                .flatMap(this::payload);
    }

    private Mono<CustomerPayload> payload(WriteOutcome outcome) {
        return Mono.justOrEmpty(outcome.customer())
                .flatMap(
                        id ->
                                reads.lookup(Customers.LOOKUP, List.of(id))
                                        .mapNotNull(found -> found.get(id)))
                .map(customer -> new CustomerPayload(customer, List.of()))
                .defaultIfEmpty(new CustomerPayload(null, outcome.userErrors()));
    }

    private static CustomerDraft draft(Map<String, Object> input) {
        return new CustomerDraft(
                text(input, "firstName"),
                text(input, "lastName"),
                text(input, "email"),
                text(input, "phone"),
                tags(input),
                text(input, "preferredContactMethod"),
                text(input, "language"),
                text(input, "timezone"));
    }

    private static Change<String> text(Map<String, Object> input, String field) {
        return input.containsKey(field) ? Change.set((String) input.get(field)) : Change.keep();
    }

    @SuppressWarnings("unchecked") // The schema says that tags are a list of strings.
    private static Change<List<String>> tags(Map<String, Object> input) {
        return input.containsKey("tags")
                ? Change.set((List<String>) input.get("tags"))
                : Change.keep();
    }
}
