-- Each row is something wrong; none is right.
SELECT 'a count differs from its records' AS problem, c.tenant_id, c.id::text AS detail
FROM customers c
WHERE c.total_appointments
          <> (SELECT count(*) FROM appointments r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id)
   OR c.total_conversations
          <> (SELECT count(*) FROM omni_conversations r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id)
   OR c.total_tickets
          <> (SELECT count(*) FROM support_tickets r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id)
   OR c.total_orders
          <> (SELECT count(*) FROM shopify_orders r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id)
UNION ALL
SELECT 'a lifetime value differs from its records', tenant_id, customer_id || ' ' || currency
FROM (SELECT tenant_id, customer_id, currency, amount FROM customer_lifetime_values
      UNION ALL
      SELECT tenant_id, customer_id, currency, -order_value(financial_status, cancelled_at, total_price, total_refunded)
      FROM shopify_orders WHERE customer_id IS NOT NULL
      UNION ALL
      SELECT tenant_id, customer_id, currency, -payment_value(status, shopify_order_id, amount, refunded_amount)
      FROM transactions WHERE customer_id IS NOT NULL) AS moved
GROUP BY tenant_id, customer_id, currency
HAVING sum(amount) <> 0
