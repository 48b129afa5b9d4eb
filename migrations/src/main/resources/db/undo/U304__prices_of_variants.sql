DROP INDEX shopify_orders_newest_of_shop;
DROP INDEX shopify_product_variants_no_currency;
UPDATE shopify_product_variants SET price = NULL, compare_at_price = NULL WHERE currency IS NULL;
ALTER TABLE shopify_product_variants ADD CONSTRAINT shopify_product_variants_check
    CHECK ((price IS NULL AND compare_at_price IS NULL) OR currency IS NOT NULL);
