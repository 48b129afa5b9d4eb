DROP TABLE shopify_order_items;
DROP TABLE shopify_orders;
DROP TABLE shopify_customers;
DROP TABLE shopify_product_variants;
DROP TABLE shopify_products;
