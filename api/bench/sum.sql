SELECT currency, count(*), sum(total_price), avg(total_refunded)
FROM shopify_orders
WHERE tenant_id = 'demo' AND created_at >= '2020-01-01'
GROUP BY currency;
