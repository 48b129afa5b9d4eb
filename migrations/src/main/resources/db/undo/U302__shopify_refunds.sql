DROP TABLE shopify_refunds;
