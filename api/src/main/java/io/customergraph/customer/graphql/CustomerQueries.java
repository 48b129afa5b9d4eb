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
import io.customergraph.graphql.NodeId;
import io.customergraph.matching.normalize.Email;
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
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where reads of customers begin. */
@Controller
final class CustomerQueries {

    private static final int MAX_QUERY = 200;
    private static final Pattern SHOPIFY_ID =
            Pattern.compile("(?:(?<shop>[^/]{1,255})/)?(?<id>[0-9]{1,19})");

    private final CustomerFinder finder;
    private final CustomerPages pages;
    private final GraphReads reads;

    CustomerQueries(CustomerFinder finder, CustomerPages pages, GraphReads reads) {
        this.finder = finder;
        this.pages = pages;
        this.reads = reads;
    }

    @QueryMapping
    Mono<Customer> customer(@Argument Map<String, String> by) {
        return id(by).flatMap(
                        id ->
                                reads.lookup(Customers.LOOKUP, List.of(id))
                                        .mapNotNull(found -> found.get(id)));
    }

    private Mono<UUID> id(Map<String, String> by) {
        Map.Entry<String, String> given = by.entrySet().iterator().next();
        String value = given.getValue();
        return switch (given.getKey()) {
            case "id" -> Mono.just(NodeId.decode(value)).filter(NodeId::isCustomer).map(NodeId::id);
            case "email" -> finder.byEmail(read(Email.of(value), "an e-mail address"));
            case "phone" ->
                    finder.phone(value)
                            .flatMap(phone -> finder.byPhone(read(phone, "a phone number")));
            case "shopifyCustomerId" -> byShopifyCustomerId(value);
            default -> throw new IllegalStateException("Unknown: " + given.getKey());
        };
    }

    private Mono<UUID> byShopifyCustomerId(String value) {
        Matcher id =
                read(
                        Optional.of(SHOPIFY_ID.matcher(value)).filter(Matcher::matches),
                        "an id of a Shopify customer, alone or after the shop's domain and a"
                                + " slash");
        return finder.byShopifyCustomerId(id.group("id"), id.group("shop"));
    }

    private static <T> T read(Optional<T> value, String expected) {
        return value.orElseThrow(
                () ->
                        new InvalidRequest(
                                InvalidRequest.Code.BAD_USER_INPUT,
                                "The value in `by` is not " + expected));
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
