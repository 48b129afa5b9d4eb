package io.customergraph.ingest;

import io.customergraph.ingest.RecordTable.Child;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes products and their variants. */
final class ShopifyProductTable {

    private static final String UPSERT =
            """
            INSERT INTO shopify_products AS t (
                tenant_id, id, source_account, shopify_product_id, title, handle, product_type,
                status, vendor, tags, created_at, updated_at, published_at, content_hash)
            SELECT :tenant, id, source_account, external_id, title, handle, product_type,
                   status, vendor, tags, created_at, updated_at, published_at,
                   decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_account text, external_id bigint, title text, handle text,
                product_type text, status text, vendor text, tags text[], created_at timestamptz,
                updated_at timestamptz, published_at timestamptz, content_hash text)
            ORDER BY source_account, external_id
            ON CONFLICT (tenant_id, source_account, shopify_product_id) DO UPDATE SET
                title = excluded.title, handle = excluded.handle,
                product_type = excluded.product_type, status = excluded.status,
                vendor = excluded.vendor, tags = excluded.tags,
                created_at = excluded.created_at, updated_at = excluded.updated_at,
                published_at = excluded.published_at, content_hash = excluded.content_hash,
                ingested_at = now()
            WHERE t.updated_at <= excluded.updated_at AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    private static final String DELETE_VARIANTS_GONE =
            """
            DELETE FROM shopify_product_variants v
            USING json_to_recordset(:rows::json) AS r (id uuid, variants bigint[])
            WHERE v.tenant_id = (SELECT :tenant)
              AND v.product_id = r.id
              AND v.shopify_variant_id <> ALL (r.variants)
            """;

    private static final String UPSERT_VARIANTS =
            """
            INSERT INTO shopify_product_variants AS t (
                tenant_id, id, source_account, shopify_variant_id, product_id, title, sku, price,
                compare_at_price, currency, created_at, updated_at)
            SELECT :tenant, v.id, v.source_account, v.shopify_variant_id, v.product_id, v.title,
                   v.sku, v.price, v.compare_at_price, coalesce(v.currency, shop.currency),
                   v.created_at, v.updated_at
            FROM json_to_recordset(:rows::json) AS v (
                id uuid, product_id uuid, source_account text, shopify_variant_id bigint,
                title text, sku text, price numeric, compare_at_price numeric, currency text,
                created_at timestamptz, updated_at timestamptz)
            LEFT JOIN LATERAL (
                SELECT o.currency FROM shopify_orders o
                WHERE o.tenant_id = (SELECT :tenant) AND o.source_account = v.source_account
                ORDER BY o.created_at DESC, o.id DESC
                LIMIT 1) AS shop ON true
            ORDER BY v.source_account, v.shopify_variant_id
            ON CONFLICT (tenant_id, source_account, shopify_variant_id) DO UPDATE SET
                product_id = excluded.product_id, title = excluded.title, sku = excluded.sku,
                price = excluded.price, compare_at_price = excluded.compare_at_price,
                currency = excluded.currency, created_at = excluded.created_at,
                updated_at = excluded.updated_at, ingested_at = now()
            """;

    /** Orders often arrive before the products in them. */
    private static final String RESOLVE_ITEMS =
            """
            UPDATE shopify_order_items i
            SET product_id = p.id,
                variant_id = (
                    SELECT v.id FROM shopify_product_variants v
                    WHERE v.tenant_id = i.tenant_id
                      AND v.source_account = i.source_account
                      AND v.shopify_variant_id = i.shopify_variant_id)
            FROM shopify_products p
            WHERE p.tenant_id = (SELECT :tenant)
              AND p.id IN (SELECT r.id FROM json_to_recordset(:rows::json) AS r (id uuid))
              AND i.tenant_id = p.tenant_id
              AND i.source_account = p.source_account
              AND i.shopify_product_id = p.shopify_product_id
              AND (i.product_id IS NULL
                   OR i.variant_id IS NULL AND i.shopify_variant_id IS NOT NULL)
              AND (i.product_id IS NULL OR EXISTS (
                  SELECT FROM shopify_product_variants v
                  WHERE v.tenant_id = i.tenant_id AND v.source_account = i.source_account
                    AND v.shopify_variant_id = i.shopify_variant_id))
            """;

    static final RecordTable TABLE =
            new RecordTable(
                    RecordType.SHOPIFY_PRODUCT,
                    UPSERT,
                    Set.of("variants"),
                    List.of(
                            new Child(
                                    CatalogueLock.OF_PRODUCTS,
                                    products -> products.distinct("source_account")),
                            new Child(
                                    DELETE_VARIANTS_GONE,
                                    products ->
                                            products.partOfKnown("variants", "shopify_variant_id")),
                            new Child(
                                    UPSERT_VARIANTS,
                                    products ->
                                            products.part(
                                                    "variants",
                                                    Map.of(
                                                            "id", "product_id",
                                                            "source_account", "source_account"))),
                            new Child(RESOLVE_ITEMS, products -> products.distinct("id"))));

    private ShopifyProductTable() {}
}
