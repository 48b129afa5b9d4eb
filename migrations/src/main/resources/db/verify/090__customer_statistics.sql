WITH activity AS (
    SELECT tenant_id, customer_id, 'appointments' AS kind, appointment_date AS at FROM appointments
    UNION ALL
    SELECT tenant_id, customer_id, 'conversations', last_message_at FROM omni_conversations
    UNION ALL
    SELECT tenant_id, customer_id, 'tickets', created_at FROM support_tickets
    UNION ALL
    SELECT tenant_id, customer_id, 'orders', created_at FROM shopify_orders),
counted AS (
    SELECT tenant_id, customer_id,
           count(*) FILTER (WHERE kind = 'appointments') AS appointments,
           count(*) FILTER (WHERE kind = 'conversations') AS conversations,
           count(*) FILTER (WHERE kind = 'tickets') AS tickets,
           count(*) FILTER (WHERE kind = 'orders') AS orders
    FROM activity
    WHERE customer_id IS NOT NULL
    GROUP BY tenant_id, customer_id)
SELECT 'statistics that differ from the records' AS problem, c.tenant_id, c.id
FROM customers c
LEFT JOIN counted n ON n.tenant_id = c.tenant_id AND n.customer_id = c.id
WHERE (c.total_appointments, c.total_conversations, c.total_tickets, c.total_orders)
      <> (coalesce(n.appointments, 0), coalesce(n.conversations, 0), coalesce(n.tickets, 0), coalesce(n.orders, 0));

-- Later than every record that is left is well: a contact that was moved or deleted took place all the same.
SELECT 'last contact before the newest record' AS problem, c.tenant_id, c.id
FROM customers c
JOIN (
    SELECT tenant_id, customer_id, max(at) AS at
    FROM (
        SELECT tenant_id, customer_id, appointment_date AS at FROM appointments
        UNION ALL
        SELECT tenant_id, customer_id, last_message_at FROM omni_conversations
        UNION ALL
        SELECT tenant_id, customer_id, created_at FROM support_tickets
        UNION ALL
        SELECT tenant_id, customer_id, created_at FROM shopify_orders) AS activity
    GROUP BY tenant_id, customer_id) AS n ON n.tenant_id = c.tenant_id AND n.customer_id = c.id
WHERE c.last_contact_at IS NULL OR c.last_contact_at < n.at;

WITH counted AS (
    SELECT tenant_id, customer_id, currency, sum(amount) AS amount
    FROM (
        SELECT tenant_id, customer_id, currency,
               order_value(financial_status, cancelled_at, total_price, total_refunded) AS amount
        FROM shopify_orders
        UNION ALL
        SELECT tenant_id, customer_id, currency, payment_value(status, shopify_order_id, amount, refunded_amount)
        FROM transactions t
        -- Payments have had an invoice since V400 only.
        WHERE to_jsonb(t) ->> 'invoice_id' IS NULL) AS paid
    WHERE customer_id IS NOT NULL
    GROUP BY tenant_id, customer_id, currency)
SELECT 'lifetime value that differs from the records' AS problem, tenant_id, customer_id, currency,
       v.amount AS stored, n.amount AS counted
FROM customer_lifetime_values v
FULL JOIN counted n USING (tenant_id, customer_id, currency)
WHERE coalesce(v.amount, 0) <> coalesce(n.amount, 0);
