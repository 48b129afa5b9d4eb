SELECT 'order item whose variant came and was not joined' AS problem, i.tenant_id, i.id
FROM shopify_order_items i
JOIN shopify_product_variants v
    ON v.tenant_id = i.tenant_id AND v.source_account = i.source_account AND v.shopify_variant_id = i.shopify_variant_id
WHERE i.variant_id IS DISTINCT FROM v.id;
