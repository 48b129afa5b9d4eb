package io.customergraph.application;

import io.customergraph.application.ShopifyShelf.Item;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Orders, customers and products in the words of both of Shopify's APIs. */
public final class ShopifyGoods {

    private ShopifyGoods() {}

    private static String money(String amount) {
        return "{\"shopMoney\": {\"amount\": \"%1$s\", \"currencyCode\": \"SAR\"}, \"presentmentMoney\": {\"amount\": \"%1$s\", \"currencyCode\": \"SAR\"}}"
                .formatted(amount);
    }

    /** An order of so many lines at 10.50 each. */
    public static Item order(long id, Instant updatedAt, long customer, int lines, String status) {
        return new Item(
                id,
                updatedAt,
                () -> read(orderNode(id, updatedAt, customer, lines, status)),
                () -> read(orderRest(id, updatedAt, customer, lines, status)));
    }

    private static String total(int lines) {
        return "%d.%02d".formatted(lines * 1050L / 100, lines * 1050L % 100);
    }

    private static String orderNode(
            long id, Instant updatedAt, long customer, int lines, String status) {
        String nodeLines =
                LongStream.rangeClosed(1, lines)
                        .mapToObj(
                                n ->
                                        """
                                        {"id": "gid://shopify/LineItem/%d", "title": "Lamp %d", "variantTitle": "Red",
                                         "sku": "L-%d", "vendor": "Acme", "quantity": 1,
                                         "product": {"id": "gid://shopify/Product/%d"},
                                         "variant": {"id": "gid://shopify/ProductVariant/%d"},
                                         "originalUnitPriceSet": %s, "totalDiscountSet": %s}
                                        """
                                                .formatted(
                                                        id * 1_000 + n,
                                                        n,
                                                        n,
                                                        product(id, n),
                                                        product(id, n) * 10 + 1,
                                                        money("10.50"),
                                                        money("0.00")))
                        .collect(Collectors.joining(","));
        return """
        {"id": "gid://shopify/Order/%1$d", "name": "#%1$d", "createdAt": "%2$s", "updatedAt": "%3$s",
         "processedAt": "%2$s", "closedAt": null, "cancelledAt": null,
         "email": "person.%4$d@example.com", "phone": null, "sourceName": "web", "tags": ["first", "gift"],
         "currencyCode": "SAR", "displayFinancialStatus": "%5$s",
         "displayFulfillmentStatus": "PARTIALLY_FULFILLED", "totalPriceSet": %6$s,
         "subtotalPriceSet": %6$s, "totalTaxSet": %7$s, "totalDiscountsSet": %7$s,
         "customer": {"id": "gid://shopify/Customer/%4$d", "firstName": "%8$s", "lastName": "%9$s",
           "defaultEmailAddress": {"emailAddress": "person.%4$d@example.com"},
           "defaultPhoneNumber": null},
         "billingAddress": {"firstName": "%8$s", "lastName": "%9$s", "phone": null, "countryCodeV2": "SA"},
         "shippingAddress": {"countryCodeV2": "SA"},
         "customerJourneySummary": {"firstVisit": {"landingPage": "/lamps", "referrerUrl": "https://search.example"}},
         "refunds": [], "lineItems": [%10$s], "secret": "nobody asked"}
        """
                .formatted(
                        id,
                        updatedAt.minusSeconds(3_600),
                        updatedAt,
                        customer,
                        status.toUpperCase(Locale.ROOT),
                        money(total(lines)),
                        money("0.00"),
                        given(customer),
                        family(customer),
                        nodeLines);
    }

    private static String orderRest(
            long id, Instant updatedAt, long customer, int lines, String status) {
        String restLines =
                LongStream.rangeClosed(1, lines)
                        .mapToObj(
                                n ->
                                        """
                                        {"id": %d, "title": "Lamp %d", "variant_title": "Red", "sku": "L-%d",
                                         "vendor": "Acme", "quantity": 1, "product_id": %d, "variant_id": %d,
                                         "price": "10.50", "total_discount": "0.00"}
                                        """
                                                .formatted(
                                                        id * 1_000 + n,
                                                        n,
                                                        n,
                                                        product(id, n),
                                                        product(id, n) * 10 + 1))
                        .collect(Collectors.joining(","));
        return """
        {"id": %1$d, "name": "#%1$d", "created_at": "%2$s", "updated_at": "%3$s", "processed_at": "%2$s",
         "email": "person.%4$d@example.com", "phone": null, "source_name": "web", "tags": "first, gift",
         "currency": "SAR", "financial_status": "%5$s", "fulfillment_status": "partial",
         "total_price": "%6$s", "subtotal_price": "%6$s", "total_tax": "0.00", "total_discounts": "0.00",
         "customer": {"id": %4$d, "first_name": "%7$s", "last_name": "%8$s", "email": "person.%4$d@example.com"},
         "billing_address": {"first_name": "%7$s", "last_name": "%8$s", "country_code": "SA"},
         "shipping_address": {"country_code": "SA"}, "landing_site": "/lamps",
         "referring_site": "https://search.example", "refunds": [], "line_items": [%9$s]}
        """
                .formatted(
                        id,
                        updatedAt.minusSeconds(3_600),
                        updatedAt,
                        customer,
                        status,
                        total(lines),
                        given(customer),
                        family(customer),
                        restLines);
    }

    /** An order of which something was given back. */
    static Item refunded(Item order, long refund, String amount) {
        String time = order.updatedAt().toString();
        return with(
                order,
                "refunds",
                """
                [{"id": "gid://shopify/Refund/%d", "createdAt": "%s", "updatedAt": "%s", "transactions": [
                  {"kind": "REFUND", "status": "SUCCESS", "createdAt": "%s", "processedAt": "%s", "amountSet": %s},
                  {"kind": "REFUND", "status": "FAILURE", "createdAt": "%s", "processedAt": null, "amountSet": %s}]}]
                """
                        .formatted(
                                refund,
                                time,
                                time,
                                time,
                                time,
                                money(amount),
                                time,
                                money("99.00")),
                "refunds",
                """
                [{"id": %d, "created_at": "%s", "transactions": [
                  {"kind": "refund", "status": "success", "amount": "%s", "currency": "SAR", "created_at": "%s"},
                  {"kind": "refund", "status": "failure", "amount": "99.00", "currency": "SAR"}]}]
                """
                        .formatted(refund, time, amount, time));
    }

    /** The same with another value in a field, as JSON. */
    static Item with(Item item, String nodeField, String node, String restField, String rest) {
        ObjectNode changed = (ObjectNode) item.node().deepCopy();
        changed.set(nodeField, read(node));
        ObjectNode changedRest = (ObjectNode) item.rest().deepCopy();
        changedRest.set(restField, read(rest));
        return new Item(item.id(), item.updatedAt(), () -> changed, () -> changedRest);
    }

    private static long product(long order, long line) {
        return (order * 7 + line) % 5_000 + 1;
    }

    /** A customer; every third one agreed to marketing. */
    public static Item customer(long id, Instant updatedAt) {
        String agreed = id % 3 == 0 ? "subscribed" : "not_subscribed";
        return new Item(
                id,
                updatedAt,
                () ->
                        read(
                                """
                                {"id": "gid://shopify/Customer/%1$d", "firstName": "%2$s", "lastName": "%3$s",
                                 "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "%4$s", "state": "ENABLED", "tags": ["vip"],
                                 "verifiedEmail": true, "numberOfOrders": "3",
                                 "amountSpent": {"amount": "31.5", "currencyCode": "SAR"},
                                 "defaultEmailAddress": {"emailAddress": "person.%1$d@example.com", "marketingState": "%5$s"},
                                 "defaultPhoneNumber": null,
                                 "defaultAddress": {"firstName": "%2$s", "lastName": "%3$s", "phone": null, "countryCodeV2": "SA"}}
                                """
                                        .formatted(
                                                id,
                                                given(id),
                                                family(id),
                                                updatedAt,
                                                agreed.toUpperCase(Locale.ROOT))),
                () ->
                        read(
                                """
                                {"id": %1$d, "first_name": "%2$s", "last_name": "%3$s", "created_at": "2026-01-01T00:00:00Z",
                                 "updated_at": "%4$s", "state": "enabled", "tags": "vip", "verified_email": true,
                                 "orders_count": 3, "total_spent": "31.5", "currency": "SAR",
                                 "email": "person.%1$d@example.com", "email_marketing_consent": {"state": "%5$s"},
                                 "default_address": {"first_name": "%2$s", "last_name": "%3$s", "country_code": "SA"}}
                                """
                                        .formatted(id, given(id), family(id), updatedAt, agreed)));
    }

    /** A product of so many variants. */
    public static Item product(long id, Instant updatedAt, int variants) {
        String nodes =
                LongStream.rangeClosed(1, variants)
                        .mapToObj(
                                n ->
                                        """
                                        {"id": "gid://shopify/ProductVariant/%d", "title": "Red %d", "sku": "L-%d",
                                         "price": "10.50", "compareAtPrice": null, "createdAt": "2026-01-01T00:00:00Z",
                                         "updatedAt": "%s"}
                                        """
                                                .formatted(id * 10 + n, n, n, updatedAt))
                        .collect(Collectors.joining(","));
        String rest =
                LongStream.rangeClosed(1, variants)
                        .mapToObj(
                                n ->
                                        """
                                        {"id": %d, "title": "Red %d", "sku": "L-%d", "price": "10.50",
                                         "compare_at_price": null, "created_at": "2026-01-01T00:00:00Z", "updated_at": "%s"}
                                        """
                                                .formatted(id * 10 + n, n, n, updatedAt))
                        .collect(Collectors.joining(","));
        return new Item(
                id,
                updatedAt,
                () ->
                        read(
                                """
                                {"id": "gid://shopify/Product/%1$d", "title": "Lamp %1$d", "handle": "lamp-%1$d",
                                 "productType": "Lamps", "status": "ACTIVE", "vendor": "Acme", "tags": ["new"],
                                 "publishedAt": "2026-01-01T00:00:00Z", "createdAt": "2026-01-01T00:00:00Z",
                                 "updatedAt": "%2$s", "variants": [%3$s]}
                                """
                                        .formatted(id, updatedAt, nodes)),
                () ->
                        read(
                                """
                                {"id": %1$d, "title": "Lamp %1$d", "handle": "lamp-%1$d", "product_type": "Lamps",
                                 "status": "active", "vendor": "Acme", "tags": "new", "published_at": "2026-01-01T00:00:00Z",
                                 "created_at": "2026-01-01T00:00:00Z", "updated_at": "%2$s", "variants": [%3$s]}
                                """
                                        .formatted(id, updatedAt, rest)));
    }

    private static String given(long person) {
        return new String[] {"Layla", "Omar", "Huda", "Karim", "Noor", "Sami"}[(int) (person % 6)];
    }

    private static String family(long person) {
        return new String[] {"Haddad", "Nasser", "Saleh", "Mansour", "Aziz"}[(int) (person % 5)];
    }

    private static JsonNode read(String json) {
        return ShopifyDouble.JSON.readTree(json);
    }
}
