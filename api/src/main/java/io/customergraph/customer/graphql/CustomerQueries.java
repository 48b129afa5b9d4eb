package io.customergraph.customer.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.customer.Customer;
import io.customergraph.customer.CustomerFilter;
import io.customergraph.customer.CustomerFinder;
import io.customergraph.customer.CustomerSort;
import io.customergraph.customer.Customers;
import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.CustomerPages;
import io.customergraph.graphql.InvalidRequest;
import io.customergraph.link.PastCustomer;
import io.customergraph.link.PastCustomers;
import io.customergraph.paging.GraphReads;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Where reads of customers begin. */
@Controller
final class CustomerQueries {

    private static final int MAX_QUERY = 200;

    private final CustomerKeys keys;
    private final CustomerFinder finder;
    private final PastCustomers past;
    private final CustomerPages pages;
    private final GraphReads reads;

    CustomerQueries(
            CustomerFinder finder, PastCustomers past, CustomerPages pages, GraphReads reads) {
        this.keys = new CustomerKeys(finder);
        this.finder = finder;
        this.past = past;
        this.pages = pages;
        this.reads = reads;
    }

    @QueryMapping
    Mono<Customer> customer(@Argument Map<String, String> by, @Argument @Nullable Instant asOf) {
        Mono<UUID> named =
                asOf == null
                        ? keys.of(by).flatMap(finder::find)
                        : customerAsOf(by, asOf).map(PastCustomer::id);
        return named.flatMap(
                id ->
                        reads.lookup(Customers.LOOKUP, List.of(id))
                                .mapNotNull(found -> found.get(id)));
    }

    @QueryMapping
    Mono<PastCustomer> customerAsOf(@Argument Map<String, String> by, @Argument Instant at) {
        return keys.of(by).flatMap(key -> past.of(key, at));
    }

    @QueryMapping
    Mono<ConnectionPage> customers(
            @Argument @Nullable String query,
            @Argument @Nullable Map<String, Object> filter,
            @Argument @Nullable Map<String, Object> sort,
            DataFetchingEnvironment environment) {
        if (query != null && query.length() > MAX_QUERY) {
            throw new InvalidRequest(
                    InvalidRequest.Code.BAD_USER_INPUT,
                    "`query` has at most " + MAX_QUERY + " characters");
        }
        return pages.of(
                environment,
                query == null || query.isBlank() ? null : query,
                filter == null ? CustomerFilter.NONE : filter(filter),
                sort == null ? CustomerSort.NEWEST_FIRST : sort(sort));
    }

    private static CustomerFilter filter(Map<String, Object> filter) {
        return new CustomerFilter(
                (String) filter.get("status"),
                (String) filter.get("source"),
                (String) filter.get("tag"),
                (Boolean) filter.get("hasEmail"),
                (Boolean) filter.get("hasPhone"),
                (Instant) filter.get("createdFrom"),
                (Instant) filter.get("createdTo"),
                (Instant) filter.get("lastContactFrom"),
                (Instant) filter.get("lastContactTo"));
    }

    private static CustomerSort sort(Map<String, Object> sort) {
        String by = (String) Objects.requireNonNull(sort.get("by"));
        return new CustomerSort(
                CustomerSort.By.valueOf(by.toUpperCase(Locale.ROOT)),
                "desc".equals(sort.get("direction")));
    }
}
