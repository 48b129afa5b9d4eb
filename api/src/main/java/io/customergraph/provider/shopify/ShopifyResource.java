package io.customergraph.provider.shopify;

import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.Origin;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What a shop has, in the shape of its REST API, wherever it comes from. */
enum ShopifyResource {
    PRODUCTS,
    CUSTOMERS,
    ORDERS;

    /** Its name in paths and documents. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ShopifyResource of(String path) {
        return valueOf(path.toUpperCase(Locale.ROOT));
    }

    static List<String> paths() {
        return Arrays.stream(values()).map(ShopifyResource::path).toList();
    }

    /**
     * What one says.
     *
     * @param otherwise its time where it tells none; null where it has to
     * @param version how new it is, by the time that it tells
     */
    Translation read(
            String shop,
            JsonFields body,
            @Nullable Instant otherwise,
            UnaryOperator<Instant> version) {
        String id = ShopifyFields.id(body, "id");
        if (id == null) {
            return noId();
        }
        Instant updated = body.has("updated_at") ? body.time("updated_at") : otherwise;
        if (updated == null) {
            return ShopifyDeliveries.unusable(
                    "INVALID_TIME",
                    "`updated_at` is no time with an offset, such as 2026-03-01T10:00:00+03:00");
        }
        Instant created = body.time("created_at");
        Origin origin =
                new Origin(
                        ShopifyDeliveries.PROVIDER,
                        shop,
                        id,
                        created == null ? updated : created,
                        version.apply(updated));
        return switch (this) {
            case ORDERS -> ShopifyOrderReader.read(origin, body);
            case CUSTOMERS -> ShopifyCustomerReader.read(origin, body);
            case PRODUCTS -> ShopifyProductReader.read(origin, body);
        };
    }

    static Translation noId() {
        return ShopifyDeliveries.unusable(
                "INVALID_ID", "`id` is missing, or no id such as Shopify gives them");
    }
}
