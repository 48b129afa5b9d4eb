package io.customergraph.commerce;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads the lines of orders. */
public final class ShopifyOrderItems {

    private static final String PAGE_BY_ORDER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, order_id, product_id, variant_id, shopify_line_item_id,
                       shopify_product_id, shopify_variant_id, title, variant_title, sku,
                       vendor, quantity, price, total_discount, currency, position
                FROM shopify_order_items
                WHERE tenant_id = $1 AND order_id = p.id AND (position, id) %1$s ($3, $4)
                ORDER BY position %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_ORDER =
            """
            SELECT p.id, (SELECT count(*) FROM shopify_order_items
                          WHERE tenant_id = $1 AND order_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.order_id, t.product_id, t.variant_id, t.shopify_line_item_id,
                   t.shopify_product_id, t.shopify_variant_id, t.title, t.variant_title,
                   t.sku, t.vendor, t.quantity, t.price, t.total_discount, t.currency,
                   t.position
            FROM shopify_order_items t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** An order's lines, in the order's own sequence. */
    public static final Connection<ShopifyOrderItem> OF_ORDER =
            Connection.inSequence(
                    "ShopifyOrder.items",
                    PAGE_BY_ORDER,
                    COUNT_BY_ORDER,
                    ShopifyOrderItem::read,
                    ShopifyOrderItem::position,
                    ShopifyOrderItem::id);

    public static final Lookup<ShopifyOrderItem> LOOKUP =
            new Lookup<>("ShopifyOrderItem", BY_ID, ShopifyOrderItem::read);

    private ShopifyOrderItems() {}
}
