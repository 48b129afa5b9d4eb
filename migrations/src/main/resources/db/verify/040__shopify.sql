SELECT 'Shopify record of several rows' AS problem, tenant_id, table_name, array_agg(id) AS ids
FROM (
    SELECT tenant_id, 'shopify_products' AS table_name, source_account, shopify_product_id AS shopify_id, id
    FROM shopify_products
    UNION ALL
    SELECT tenant_id, 'shopify_product_variants', source_account, shopify_variant_id, id FROM shopify_product_variants
    UNION ALL
    SELECT tenant_id, 'shopify_customers', source_account, shopify_customer_id, id FROM shopify_customers
    UNION ALL
    SELECT tenant_id, 'shopify_orders', source_account, shopify_order_id, id FROM shopify_orders
    UNION ALL
    SELECT tenant_id, 'shopify_order_items', source_account, shopify_line_item_id, id FROM shopify_order_items) AS r
GROUP BY tenant_id, table_name, source_account, shopify_id
HAVING count(*) > 1;

SELECT 'row of a customer that is not there' AS problem, r.tenant_id, r.table_name, r.id
FROM (
    SELECT tenant_id, 'shopify_customers' AS table_name, id, customer_id FROM shopify_customers
    UNION ALL
    SELECT tenant_id, 'shopify_orders', id, customer_id FROM shopify_orders) AS r
WHERE r.customer_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = r.tenant_id AND c.id = r.customer_id);

SELECT 'order item without its order, or of another shop' AS problem, i.tenant_id, i.id
FROM shopify_order_items i
WHERE NOT EXISTS (
    SELECT FROM shopify_orders o
    WHERE o.tenant_id = i.tenant_id AND o.id = i.order_id AND o.source_account = i.source_account);

SELECT 'variant without its product, or of another shop' AS problem, v.tenant_id, v.id
FROM shopify_product_variants v
WHERE NOT EXISTS (
    SELECT FROM shopify_products p
    WHERE p.tenant_id = v.tenant_id AND p.id = v.product_id AND p.source_account = v.source_account);

SELECT 'order item whose product came and was not joined' AS problem, i.tenant_id, i.id
FROM shopify_order_items i
JOIN shopify_products p
  ON p.tenant_id = i.tenant_id
 AND p.source_account = i.source_account
 AND p.shopify_product_id = i.shopify_product_id
WHERE i.product_id IS DISTINCT FROM p.id;
