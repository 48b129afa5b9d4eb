package io.customergraph.customer.graphql;

import io.customergraph.customer.CustomerFinder;
import io.customergraph.customer.CustomerKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.NodeId;
import io.customergraph.matching.normalize.Email;

import reactor.core.publisher.Mono;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the input {@code CustomerBy}. */
final class CustomerKeys {

    private static final Pattern SHOPIFY_ID =
            Pattern.compile("(?:(?<shop>[^/]{1,255})/)?(?<id>[0-9]{1,19})");

    /** Where the tenant has one shop it need not be named. */
    private static final String ANY_SHOP = "*";

    private final CustomerFinder finder;

    CustomerKeys(CustomerFinder finder) {
        this.finder = finder;
    }

    /** The key that is given; empty for an id of something else, an error for what is none. */
    Mono<CustomerKey> of(Map<String, String> by) {
        Map.Entry<String, String> given = by.entrySet().iterator().next();
        String value = given.getValue();
        return switch (given.getKey()) {
            case "id" ->
                    Mono.just(NodeId.decode(value))
                            .filter(NodeId::isCustomer)
                            .map(id -> new CustomerKey.Id(id.id()));
            case "email" ->
                    Mono.just(
                            global(
                                    IdentifierKind.EMAIL,
                                    read(Email.of(value), "an e-mail address").normalized()));
            case "phone" ->
                    finder.phone(value)
                            .map(
                                    phone ->
                                            global(
                                                    IdentifierKind.PHONE,
                                                    read(phone, "a phone number").e164()));
            case "shopifyCustomerId" -> Mono.just(shopifyCustomer(value));
            default -> throw new IllegalStateException("Unknown: " + given.getKey());
        };
    }

    private static CustomerKey global(IdentifierKind kind, String value) {
        return new CustomerKey.Value(kind, "", value);
    }

    private static CustomerKey shopifyCustomer(String value) {
        Matcher id =
                read(
                        Optional.of(SHOPIFY_ID.matcher(value)).filter(Matcher::matches),
                        "an id of a Shopify customer, alone or after the shop's domain and a"
                                + " slash");
        String shop = id.group("shop");
        return new CustomerKey.Value(
                IdentifierKind.SHOPIFY_CUSTOMER_ID, shop == null ? ANY_SHOP : shop, id.group("id"));
    }

    private static <T> T read(Optional<T> value, String expected) {
        return value.orElseThrow(
                () ->
                        new InvalidRequest(
                                InvalidRequest.Code.BAD_USER_INPUT,
                                "The value in `by` is not " + expected));
    }
}
