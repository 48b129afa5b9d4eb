package io.customergraph.commerce;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads refunds. */
public final class ShopifyRefunds {

    private static final String PAGE_BY_ORDER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            JOIN shopify_orders o ON o.tenant_id = $1 AND o.id = p.id
            CROSS JOIN LATERAL (
                SELECT f.id, f.source_account, f.shopify_refund_id, f.shopify_order_id,
                       o.id AS order_id, f.amount, f.currency, f.processed_at, f.created_at,
                       f.updated_at
                FROM shopify_refunds f
                WHERE f.tenant_id = $1 AND f.source_account = o.source_account
                  AND f.shopify_order_id = o.shopify_order_id
                  AND (f.created_at, f.id) %1$s ($3, $4)
                ORDER BY f.created_at %2$s, f.id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_ORDER =
            """
            SELECT o.id, (SELECT count(*) FROM shopify_refunds f
                          WHERE f.tenant_id = $1 AND f.source_account = o.source_account
                            AND f.shopify_order_id = o.shopify_order_id)
            FROM shopify_orders o
            WHERE o.tenant_id = $1 AND o.id = ANY ($2)
            """;

    private static final String BY_ID =
            """
            SELECT f.id, f.id, f.source_account, f.shopify_refund_id, f.shopify_order_id,
                   o.id, f.amount, f.currency, f.processed_at, f.created_at, f.updated_at
            FROM shopify_refunds f
            LEFT JOIN shopify_orders o
                ON o.tenant_id = $1 AND o.source_account = f.source_account
               AND o.shopify_order_id = f.shopify_order_id
            WHERE f.tenant_id = $1 AND f.id = ANY ($2)
            """;

    /** An order's refunds, the newest first. */
    public static final Connection<ShopifyRefund> OF_ORDER =
            Connection.newestFirst(
                    "ShopifyOrder.refunds",
                    PAGE_BY_ORDER,
                    COUNT_BY_ORDER,
                    ShopifyRefund::read,
                    ShopifyRefund::createdAt,
                    ShopifyRefund::id);

    public static final Lookup<ShopifyRefund> LOOKUP =
            new Lookup<>("ShopifyRefund", BY_ID, ShopifyRefund::read);

    private ShopifyRefunds() {}
}
