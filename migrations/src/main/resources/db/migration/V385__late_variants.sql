-- Serves the late arrival of a product, and of a variant of one that was here before.
DROP INDEX shopify_order_items_unresolved;
CREATE INDEX shopify_order_items_unresolved ON shopify_order_items (tenant_id, source_account, shopify_product_id)
    WHERE product_id IS NULL OR variant_id IS NULL AND shopify_variant_id IS NOT NULL;

UPDATE shopify_order_items i
SET variant_id = v.id
FROM shopify_product_variants v
WHERE i.variant_id IS NULL AND v.tenant_id = i.tenant_id AND v.source_account = i.source_account
  AND v.shopify_variant_id = i.shopify_variant_id;
