package io.customergraph.provider.shopify;

import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.integration.ProviderPrivacyRequest;
import io.customergraph.integration.ProviderPrivacyRequest.Shopper;
import io.customergraph.provider.json.JsonFields;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the three topics by which Shopify has every app obey privacy laws: what is known of a
 * customer is to be given out, or forgotten, or all that a shop told is to be deleted. Each is due
 * within 30 days.
 */
final class ShopifyPrivacyReader {

    /** More orders of one customer are found by the customer. */
    private static final int MOST_ORDERS = 10_000;

    private ShopifyPrivacyReader() {}

    /**
     * Reads what is asked.
     *
     * @param shop whose connection it came to: what cannot be undone is done for no other, since
     *     the signature is the app's and the same for all its shops
     */
    static Translation read(String topic, String shop, JsonFields body, Instant at) {
        String of = body.text("shop_domain");
        if (of == null || !of.equalsIgnoreCase(shop)) {
            return ShopifyDeliveries.unusable(
                    "OTHER_SHOP",
                    "`shop_domain` is missing, or another shop than the connection's");
        }
        if (topic.equals("shop/redact")) {
            return new Translation.Privacy(new ProviderPrivacyRequest.EraseAccount(), at);
        }
        boolean isExport = topic.equals("customers/data_request");
        JsonFields customer = body.object("customer");
        Long id = ShopifyFields.longId(customer, "id");
        if (id == null) {
            return ShopifyDeliveries.unusable(
                    "INVALID_ID",
                    "`customer.id` is missing, or no id such as Shopify gives them: nobody can tell"
                            + " whom it is about");
        }
        Shopper shopper =
                new Shopper(
                        id,
                        ids(body, isExport ? "orders_requested" : "orders_to_redact"),
                        customer.text("email"),
                        customer.text("phone"));
        if (!isExport) {
            return new Translation.Privacy(new ProviderPrivacyRequest.EraseShopper(shopper), at);
        }
        String request = ShopifyFields.id(body.object("data_request"), "id");
        return new Translation.Privacy(
                new ProviderPrivacyRequest.Export(
                        shopper, request == null ? "of " + id + " at " + at : request),
                at);
    }

    private static List<Long> ids(JsonFields body, String field) {
        List<Long> ids = new ArrayList<>();
        JsonNode given = body.object().path(field);
        if (given.isArray()) {
            for (JsonNode one : given) {
                boolean isId =
                        (one.isIntegralNumber() || one.isString())
                                && ShopifyFields.isId(one.asString());
                if (isId && ids.size() < MOST_ORDERS) {
                    ids.add(Long.valueOf(one.asString()));
                }
            }
        }
        return ids;
    }
}
