package io.customergraph.commerce;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads orders. */
public final class ShopifyOrders {

    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, source_account, shopify_order_id, customer_id,
                       shopify_customer_id, order_number, email, phone, total_price,
                       subtotal_price, total_tax, total_discounts, total_refunded, currency,
                       financial_status, fulfillment_status, landing_site, referring_site,
                       source_name, tags, created_at, updated_at, processed_at, closed_at,
                       cancelled_at
                FROM shopify_orders
                WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                ORDER BY created_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM shopify_orders
                          WHERE tenant_id = $1 AND customer_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String PAGE_BY_SHOPIFY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            JOIN shopify_customers s ON s.tenant_id = $1 AND s.id = p.id
            CROSS JOIN LATERAL (
                SELECT o.id, o.source_account, o.shopify_order_id, o.customer_id,
                       o.shopify_customer_id, o.order_number, o.email, o.phone,
                       o.total_price, o.subtotal_price, o.total_tax, o.total_discounts,
                       o.total_refunded, o.currency, o.financial_status,
                       o.fulfillment_status, o.landing_site, o.referring_site, o.source_name,
                       o.tags, o.created_at, o.updated_at, o.processed_at, o.closed_at,
                       o.cancelled_at
                FROM shopify_orders o
                WHERE o.tenant_id = $1 AND o.source_account = s.source_account
                  AND o.shopify_customer_id = s.shopify_customer_id
                  AND (o.created_at, o.id) %1$s ($3, $4)
                ORDER BY o.created_at %2$s, o.id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_SHOPIFY_CUSTOMER =
            """
            SELECT s.id, (SELECT count(*) FROM shopify_orders o
                          WHERE o.tenant_id = $1 AND o.source_account = s.source_account
                            AND o.shopify_customer_id = s.shopify_customer_id)
            FROM shopify_customers s
            WHERE s.tenant_id = $1 AND s.id = ANY ($2)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.source_account, t.shopify_order_id, t.customer_id,
                   t.shopify_customer_id, t.order_number, t.email, t.phone,
                   t.total_price, t.subtotal_price, t.total_tax, t.total_discounts,
                   t.total_refunded, t.currency, t.financial_status,
                   t.fulfillment_status, t.landing_site, t.referring_site, t.source_name,
                   t.tags, t.created_at, t.updated_at, t.processed_at, t.closed_at,
                   t.cancelled_at
            FROM shopify_orders t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** A customer's orders over all shops, the newest first. */
    public static final Connection<ShopifyOrder> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.orders",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    ShopifyOrder::read,
                    ShopifyOrder::createdAt,
                    ShopifyOrder::id);

    /** What a shop's customer ordered there, the newest first. */
    public static final Connection<ShopifyOrder> OF_SHOPIFY_CUSTOMER =
            Connection.newestFirst(
                    "ShopifyCustomer.orders",
                    PAGE_BY_SHOPIFY_CUSTOMER,
                    COUNT_BY_SHOPIFY_CUSTOMER,
                    ShopifyOrder::read,
                    ShopifyOrder::createdAt,
                    ShopifyOrder::id);

    public static final Lookup<ShopifyOrder> LOOKUP =
            new Lookup<>("ShopifyOrder", BY_ID, ShopifyOrder::read);

    private ShopifyOrders() {}
}
