DROP INDEX shopify_order_items_unresolved;
CREATE INDEX shopify_order_items_unresolved
    ON shopify_order_items (tenant_id, source_account, shopify_product_id) WHERE product_id IS NULL;
