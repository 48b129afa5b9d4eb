SELECT 'price without currency in a shop whose orders tell it' AS problem, v.tenant_id, v.id
FROM shopify_product_variants v
WHERE v.currency IS NULL AND (v.price IS NOT NULL OR v.compare_at_price IS NOT NULL)
  AND EXISTS (
      SELECT FROM shopify_orders o WHERE o.tenant_id = v.tenant_id AND o.source_account = v.source_account);
