package io.customergraph.provider.shopify;

import io.customergraph.delivery.DeliveryTranslator.Translation;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.SourceRecord.ShopifyProductRecord;
import io.customergraph.ingest.SourceRecord.ShopifyProductRecord.Variant;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a product. Its prices are in the shop's currency, which a product does not say. */
final class ShopifyProductReader {

    private ShopifyProductReader() {}

    static Translation read(Origin origin, JsonFields product) {
        return ShopifyDeliveries.said(
                new ShopifyProductRecord(
                        origin,
                        product.text("title"),
                        product.text("handle"),
                        product.text("product_type"),
                        product.text("status"),
                        product.text("vendor"),
                        ShopifyFields.tags(product),
                        product.time("published_at"),
                        variants(origin, product)));
    }

    /** A variant that comes twice is one: the last one counts. */
    private static List<Variant> variants(Origin origin, JsonFields product) {
        Map<Long, Variant> variants = new LinkedHashMap<>();
        for (JsonFields variant : product.objects("variants")) {
            Long id = ShopifyFields.longId(variant, "id");
            if (id != null) {
                Instant created = or(variant.time("created_at"), origin.createdAt());
                variants.put(
                        id,
                        new Variant(
                                id,
                                variant.text("title"),
                                variant.text("sku"),
                                ShopifyFields.amount(variant, "price", null).value(),
                                ShopifyFields.amount(variant, "compare_at_price", null).value(),
                                null,
                                created,
                                or(variant.time("updated_at"), created)));
            }
        }
        return new ArrayList<>(variants.values());
    }

    private static Instant or(@Nullable Instant one, Instant other) {
        return one == null ? other : one;
    }
}
