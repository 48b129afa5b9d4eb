package io.customergraph.commerce;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads products and their variants. */
public final class ShopifyProducts {

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.source_account, t.shopify_product_id, t.title, t.handle,
                   t.product_type, t.status, t.vendor, t.tags, t.created_at,
                   t.updated_at, t.published_at
            FROM shopify_products t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    private static final String VARIANTS_PAGE =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, source_account, shopify_variant_id, product_id, title, sku, price,
                       compare_at_price, currency, created_at, updated_at
                FROM shopify_product_variants
                WHERE tenant_id = $1 AND product_id = p.id AND (created_at, id) %1$s ($3, $4)
                ORDER BY created_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String VARIANTS_COUNT =
            """
            SELECT p.id, (SELECT count(*) FROM shopify_product_variants
                          WHERE tenant_id = $1 AND product_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String VARIANT_BY_ID =
            """
            SELECT t.id, t.id, t.source_account, t.shopify_variant_id, t.product_id, t.title,
                   t.sku, t.price, t.compare_at_price, t.currency, t.created_at,
                   t.updated_at
            FROM shopify_product_variants t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    public static final Lookup<ShopifyProduct> LOOKUP =
            new Lookup<>("ShopifyProduct", BY_ID, ShopifyProduct::read);

    /** A product's variants, the newest first. */
    public static final Connection<ShopifyProductVariant> VARIANTS =
            Connection.newestFirst(
                    "ShopifyProduct.variants",
                    VARIANTS_PAGE,
                    VARIANTS_COUNT,
                    ShopifyProductVariant::read,
                    ShopifyProductVariant::createdAt,
                    ShopifyProductVariant::id);

    public static final Lookup<ShopifyProductVariant> VARIANT_LOOKUP =
            new Lookup<>("ShopifyProductVariant", VARIANT_BY_ID, ShopifyProductVariant::read);

    private ShopifyProducts() {}
}
