package io.customergraph.ingest;

import io.customergraph.ingest.RecordTable.Child;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes orders and their items. */
final class ShopifyOrderTable {

    private static final String UPSERT =
            """
            INSERT INTO shopify_orders AS t (
                tenant_id, id, source_account, shopify_order_id, customer_id, shopify_customer_id,
                order_number, email, phone, customer_name, total_price, subtotal_price, total_tax,
                total_discounts, total_refunded, currency, financial_status, fulfillment_status,
                landing_site, referring_site, source_name, tags, created_at, updated_at,
                processed_at, closed_at, cancelled_at, content_hash)
            SELECT :tenant, id, source_account, external_id, customer_id, customer_external_id,
                   order_number, customer_email, customer_phone, customer_name, total_price,
                   subtotal_price, total_tax, total_discounts, total_refunded, currency,
                   financial_status, fulfillment_status, landing_site, referring_site, source_name,
                   tags, created_at, updated_at, processed_at, closed_at, cancelled_at,
                   decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_account text, external_id bigint, customer_id uuid,
                customer_external_id bigint, order_number text, customer_email text,
                customer_phone text, customer_name text, total_price numeric,
                subtotal_price numeric, total_tax numeric, total_discounts numeric,
                total_refunded numeric, currency text, financial_status text,
                fulfillment_status text, landing_site text, referring_site text, source_name text,
                tags text[], created_at timestamptz, updated_at timestamptz,
                processed_at timestamptz, closed_at timestamptz, cancelled_at timestamptz,
                content_hash text)
            ORDER BY source_account, external_id
            ON CONFLICT (tenant_id, source_account, shopify_order_id) DO UPDATE SET
                customer_id = coalesce(t.customer_id, excluded.customer_id),
                shopify_customer_id = excluded.shopify_customer_id,
                order_number = excluded.order_number, email = excluded.email,
                phone = excluded.phone, customer_name = excluded.customer_name,
                total_price = excluded.total_price, subtotal_price = excluded.subtotal_price,
                total_tax = excluded.total_tax, total_discounts = excluded.total_discounts,
                total_refunded = excluded.total_refunded, currency = excluded.currency,
                financial_status = excluded.financial_status,
                fulfillment_status = excluded.fulfillment_status,
                landing_site = excluded.landing_site, referring_site = excluded.referring_site,
                source_name = excluded.source_name, tags = excluded.tags,
                created_at = excluded.created_at, updated_at = excluded.updated_at,
                processed_at = excluded.processed_at, closed_at = excluded.closed_at,
                cancelled_at = excluded.cancelled_at, content_hash = excluded.content_hash,
                ingested_at = now()
            WHERE t.updated_at <= excluded.updated_at AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    private static final String DELETE_ITEMS_GONE =
            """
            DELETE FROM shopify_order_items i
            USING json_to_recordset(:rows::json) AS r (id uuid, items bigint[])
            WHERE i.tenant_id = (SELECT :tenant)
              AND i.order_id = r.id
              AND i.shopify_line_item_id <> ALL (r.items)
            """;

    private static final String UPSERT_ITEMS =
            """
            INSERT INTO shopify_order_items AS t (
                tenant_id, id, source_account, shopify_line_item_id, order_id, product_id,
                variant_id, shopify_product_id, shopify_variant_id, title, variant_title, sku,
                vendor, quantity, price, total_discount, currency, position)
            SELECT DISTINCT ON (i.source_account, i.shopify_line_item_id)
                   :tenant, i.id, i.source_account, i.shopify_line_item_id, i.order_id, p.id, v.id,
                   i.shopify_product_id, i.shopify_variant_id, i.title, i.variant_title, i.sku,
                   i.vendor, i.quantity, i.price, i.total_discount, i.currency, i.position
            FROM json_to_recordset(:rows::json) AS i (
                id uuid, order_id uuid, source_account text, currency text,
                shopify_line_item_id bigint, shopify_product_id bigint,
                shopify_variant_id bigint, title text, variant_title text, sku text, vendor text,
                quantity integer, price numeric, total_discount numeric, position integer)
            LEFT JOIN LATERAL (
                SELECT p.id FROM shopify_products p
                WHERE p.tenant_id = (SELECT :tenant)
                  AND p.source_account = i.source_account
                  AND p.shopify_product_id = i.shopify_product_id
                LIMIT 1) AS p ON true
            LEFT JOIN LATERAL (
                SELECT v.id FROM shopify_product_variants v
                WHERE v.tenant_id = (SELECT :tenant)
                  AND v.source_account = i.source_account
                  AND v.shopify_variant_id = i.shopify_variant_id
                LIMIT 1) AS v ON true
            ORDER BY i.source_account, i.shopify_line_item_id, i.position
            ON CONFLICT (tenant_id, source_account, shopify_line_item_id) DO UPDATE SET
                order_id = excluded.order_id, product_id = excluded.product_id,
                variant_id = excluded.variant_id,
                shopify_product_id = excluded.shopify_product_id,
                shopify_variant_id = excluded.shopify_variant_id, title = excluded.title,
                variant_title = excluded.variant_title, sku = excluded.sku,
                vendor = excluded.vendor, quantity = excluded.quantity, price = excluded.price,
                total_discount = excluded.total_discount, currency = excluded.currency,
                position = excluded.position
            """;

    /** A refund that came by itself says the same, or less while its money was on the way. */
    private static final String UPSERT_REFUNDS =
            """
            INSERT INTO shopify_refunds AS t (
                tenant_id, id, source_account, shopify_refund_id, shopify_order_id, amount,
                currency, processed_at, created_at, updated_at, content_hash)
            SELECT DISTINCT ON (f.source_account, f.shopify_refund_id)
                   :tenant, f.id, f.source_account, f.shopify_refund_id, f.shopify_order_id,
                   f.amount, f.currency, f.processed_at, f.created_at, f.updated_at, ''
            FROM json_to_recordset(:rows::json) AS f (
                id uuid, source_account text, shopify_order_id bigint, shopify_refund_id bigint,
                amount numeric, currency text, processed_at timestamptz, created_at timestamptz,
                updated_at timestamptz)
            ORDER BY f.source_account, f.shopify_refund_id, f.amount DESC
            ON CONFLICT (tenant_id, source_account, shopify_refund_id) DO UPDATE SET
                amount = greatest(t.amount, excluded.amount),
                currency = coalesce(t.currency, excluded.currency),
                processed_at = coalesce(excluded.processed_at, t.processed_at),
                updated_at = greatest(t.updated_at, excluded.updated_at), ingested_at = now()
            WHERE t.amount < excluded.amount OR t.updated_at < excluded.updated_at
            """;

    /** A price of the shop's products that came before any order told the shop's currency. */
    private static final String TELL_CURRENCY =
            """
            UPDATE shopify_product_variants v
            SET currency = r.currency
            FROM (SELECT DISTINCT ON (source_account) source_account, currency
                  FROM json_to_recordset(:rows::json) AS r (
                      source_account text, currency text, created_at timestamptz)
                  ORDER BY source_account, created_at DESC) AS r
            WHERE v.tenant_id = (SELECT :tenant) AND v.source_account = r.source_account
              AND v.currency IS NULL
            """;

    static final RecordTable TABLE =
            new RecordTable(
                    RecordType.SHOPIFY_ORDER,
                    UPSERT,
                    Set.of("items", "refunds"),
                    List.of(
                            new Child(
                                    CatalogueLock.OF_ORDERS,
                                    orders -> orders.distinct("source_account")),
                            new Child(
                                    DELETE_ITEMS_GONE,
                                    orders -> orders.partOfKnown("items", "shopify_line_item_id")),
                            new Child(
                                    UPSERT_ITEMS,
                                    orders ->
                                            orders.part(
                                                    "items",
                                                    Map.of(
                                                            "id", "order_id",
                                                            "source_account", "source_account",
                                                            "currency", "currency"))),
                            new Child(
                                    UPSERT_REFUNDS,
                                    orders ->
                                            orders.part(
                                                    "refunds",
                                                    Map.of(
                                                            "external_id", "shopify_order_id",
                                                            "source_account", "source_account"))),
                            new Child(
                                    ShopifyRefundTable.ADD_UP_OF_ORDERS,
                                    orders -> orders.distinct("source_account", "external_id")),
                            new Child(
                                    MergedShopifyCustomers.FOLLOW,
                                    orders ->
                                            orders.distinct(
                                                    "source_account", "customer_external_id")),
                            new Child(
                                    TELL_CURRENCY,
                                    orders ->
                                            orders.distinct(
                                                    "source_account", "currency", "created_at"))));

    private ShopifyOrderTable() {}
}
