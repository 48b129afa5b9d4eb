-- Shopify's products say prices and no currency: it is the shop's, which the shop's orders tell, before or after.
ALTER TABLE shopify_product_variants DROP CONSTRAINT shopify_product_variants_check;
CREATE INDEX shopify_product_variants_no_currency
    ON shopify_product_variants (tenant_id, source_account) WHERE currency IS NULL;
CREATE INDEX shopify_orders_newest_of_shop ON shopify_orders (tenant_id, source_account, created_at DESC, id DESC);
