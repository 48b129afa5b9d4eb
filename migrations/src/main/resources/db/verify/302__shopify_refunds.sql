SELECT 'order of which less was given back than its refunds say' AS problem, o.tenant_id, o.id
FROM shopify_orders o
JOIN (
    SELECT tenant_id, source_account, shopify_order_id, currency, sum(amount) AS amount
    FROM shopify_refunds
    GROUP BY tenant_id, source_account, shopify_order_id, currency) AS f
    ON f.tenant_id = o.tenant_id AND f.source_account = o.source_account
   AND f.shopify_order_id = o.shopify_order_id AND f.currency = o.currency
WHERE o.total_refunded < f.amount;

SELECT 'refund of an order that was deleted' AS problem, f.tenant_id, f.id
FROM shopify_refunds f
JOIN record_tombstones t
    ON t.tenant_id = f.tenant_id AND t.record_type = 'shopify_order' AND t.source_type = 'shopify'
   AND t.source_account = f.source_account AND t.external_id = f.shopify_order_id::text
WHERE t.is_final;
