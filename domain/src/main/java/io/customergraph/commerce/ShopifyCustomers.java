package io.customergraph.commerce;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads shops' customers. */
public final class ShopifyCustomers {

    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, source_account, shopify_customer_id, customer_id, email,
                       first_name, last_name, phone, verified_email, accepts_marketing,
                       orders_count, total_spent, currency, state, tags, created_at,
                       updated_at
                FROM shopify_customers
                WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                ORDER BY created_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM shopify_customers
                          WHERE tenant_id = $1 AND customer_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ORDER =
            """
            SELECT o.id, t.id, t.source_account, t.shopify_customer_id, t.customer_id, t.email,
                   t.first_name, t.last_name, t.phone, t.verified_email,
                   t.accepts_marketing, t.orders_count, t.total_spent, t.currency,
                   t.state, t.tags, t.created_at, t.updated_at
            FROM shopify_orders o
            JOIN shopify_customers t
                ON t.tenant_id = $1 AND t.source_account = o.source_account
               AND t.shopify_customer_id = o.shopify_customer_id
            WHERE o.tenant_id = $1 AND o.id = ANY ($2)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.source_account, t.shopify_customer_id, t.customer_id, t.email,
                   t.first_name, t.last_name, t.phone, t.verified_email,
                   t.accepts_marketing, t.orders_count, t.total_spent, t.currency,
                   t.state, t.tags, t.created_at, t.updated_at
            FROM shopify_customers t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** The shops' customers that a customer is, the newest first. */
    public static final Connection<ShopifyCustomer> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.shopifyCustomers",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    ShopifyCustomer::read,
                    ShopifyCustomer::createdAt,
                    ShopifyCustomer::id);

    /** Who placed an order, where the shop knows. Keyed by the order. */
    public static final Lookup<ShopifyCustomer> OF_ORDER =
            new Lookup<>("ShopifyOrder.shopifyCustomer", BY_ORDER, ShopifyCustomer::read);

    public static final Lookup<ShopifyCustomer> LOOKUP =
            new Lookup<>("ShopifyCustomer", BY_ID, ShopifyCustomer::read);

    private ShopifyCustomers() {}
}
