-- Works out again what is counted of records, of the tenant that the setting customergraph.repaired names. Whoever writes
-- meanwhile locks the customer first, so what is locked here is counted in whole.
UPDATE shopify_order_items i
SET product_id = coalesce(p.id, i.product_id), variant_id = coalesce(v.id, i.variant_id)
FROM shopify_order_items j
LEFT JOIN shopify_products p
    ON p.tenant_id = j.tenant_id AND p.source_account = j.source_account AND p.shopify_product_id = j.shopify_product_id
LEFT JOIN shopify_product_variants v
    ON v.tenant_id = j.tenant_id AND v.source_account = j.source_account AND v.shopify_variant_id = j.shopify_variant_id
WHERE i.tenant_id = current_setting('customergraph.repaired') AND j.tenant_id = i.tenant_id AND j.id = i.id
  AND (p.id <> coalesce(i.product_id, gen_random_uuid()) OR v.id <> coalesce(i.variant_id, gen_random_uuid()));

UPDATE shopify_orders o
SET total_refunded = f.amount
FROM (
    SELECT source_account, shopify_order_id, currency, sum(amount) AS amount
    FROM shopify_refunds
    WHERE tenant_id = current_setting('customergraph.repaired')
    GROUP BY source_account, shopify_order_id, currency) AS f
WHERE o.tenant_id = current_setting('customergraph.repaired') AND o.source_account = f.source_account
  AND o.shopify_order_id = f.shopify_order_id AND o.currency = f.currency AND o.total_refunded < f.amount;

UPDATE transactions t
SET refunded_amount = r.amount, status = payment_status(t.told_status, t.amount, r.amount)
FROM (
    SELECT t.id, greatest(t.told_refunded, coalesce(sum(f.amount), 0)) AS amount
    FROM transactions t
    LEFT JOIN transaction_refunds f
        ON f.tenant_id = t.tenant_id AND f.source_type = t.source_type AND f.source_account = t.source_account
       AND f.payment_external_id IN (t.external_id, t.also_known_as)
       AND f.currency = t.currency AND f.status = 'refunded'
    WHERE t.tenant_id = current_setting('customergraph.repaired')
    GROUP BY t.id, t.told_refunded) AS r
WHERE t.tenant_id = current_setting('customergraph.repaired') AND t.id = r.id
  AND (t.refunded_amount <> r.amount OR t.status <> payment_status(t.told_status, t.amount, r.amount));

UPDATE transactions t
SET invoice_id = s.invoice_id
FROM (
    SELECT t.id, (
        SELECT i.id FROM transactions i
        WHERE i.tenant_id = t.tenant_id AND i.source_type = t.source_type AND i.source_account = t.source_account
          AND i.is_invoice AND i.also_known_as IN (t.external_id, t.also_known_as)
        ORDER BY i.external_id
        LIMIT 1) AS invoice_id
    FROM transactions t
    WHERE t.tenant_id = current_setting('customergraph.repaired') AND NOT t.is_invoice) AS s
WHERE t.tenant_id = current_setting('customergraph.repaired') AND t.id = s.id
  AND t.invoice_id IS DISTINCT FROM s.invoice_id;

CREATE TEMP TABLE counted_wrongly ON COMMIT DROP AS
WITH activity AS (
    SELECT customer_id, 'appointments' AS kind, appointment_date AS at FROM appointments
    WHERE tenant_id = current_setting('customergraph.repaired')
    UNION ALL
    SELECT customer_id, 'conversations', last_message_at FROM omni_conversations
    WHERE tenant_id = current_setting('customergraph.repaired')
    UNION ALL
    SELECT customer_id, 'tickets', created_at FROM support_tickets
    WHERE tenant_id = current_setting('customergraph.repaired')
    UNION ALL
    SELECT customer_id, 'orders', created_at FROM shopify_orders
    WHERE tenant_id = current_setting('customergraph.repaired')),
counted AS (
    SELECT customer_id, max(at) AS at,
           count(*) FILTER (WHERE kind = 'appointments') AS appointments,
           count(*) FILTER (WHERE kind = 'conversations') AS conversations,
           count(*) FILTER (WHERE kind = 'tickets') AS tickets,
           count(*) FILTER (WHERE kind = 'orders') AS orders
    FROM activity
    GROUP BY customer_id),
paid AS (
    SELECT customer_id, currency, sum(amount) AS amount
    FROM (
        SELECT customer_id, currency,
               order_value(financial_status, cancelled_at, total_price, total_refunded) AS amount
        FROM shopify_orders
        WHERE tenant_id = current_setting('customergraph.repaired')
        UNION ALL
        SELECT customer_id, currency, payment_value(status, shopify_order_id, amount, refunded_amount)
        FROM transactions
        WHERE tenant_id = current_setting('customergraph.repaired') AND invoice_id IS NULL) AS each
    GROUP BY customer_id, currency)
SELECT c.id
FROM customers c
LEFT JOIN counted n ON n.customer_id = c.id
WHERE c.tenant_id = current_setting('customergraph.repaired')
  AND ((c.total_appointments, c.total_conversations, c.total_tickets, c.total_orders)
       <> (coalesce(n.appointments, 0), coalesce(n.conversations, 0), coalesce(n.tickets, 0), coalesce(n.orders, 0))
       OR coalesce(c.last_contact_at < n.at, n.at IS NOT NULL))
UNION
SELECT coalesce(v.customer_id, p.customer_id)
FROM (SELECT * FROM customer_lifetime_values WHERE tenant_id = current_setting('customergraph.repaired')) AS v
FULL JOIN paid p ON p.customer_id = v.customer_id AND p.currency = v.currency
WHERE coalesce(v.amount, 0) <> coalesce(p.amount, 0) AND coalesce(v.customer_id, p.customer_id) IS NOT NULL;

SELECT count(*)
FROM (
    SELECT FROM customers
    WHERE tenant_id = current_setting('customergraph.repaired') AND id IN (SELECT id FROM counted_wrongly)
    ORDER BY id
    FOR NO KEY UPDATE) AS locked;
-- An order that changes does not lock its customer, but what it adds to.
LOCK TABLE customer_lifetime_values IN SHARE ROW EXCLUSIVE MODE;

UPDATE customers c
SET total_appointments = (SELECT count(*) FROM appointments r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
    total_conversations = (SELECT count(*) FROM omni_conversations r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
    total_tickets = (SELECT count(*) FROM support_tickets r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
    total_orders = (SELECT count(*) FROM shopify_orders r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
    last_contact_at = greatest(
        c.last_contact_at,
        (SELECT max(appointment_date) FROM appointments r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
        (SELECT max(last_message_at) FROM omni_conversations r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
        (SELECT max(created_at) FROM support_tickets r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
        (SELECT max(created_at) FROM shopify_orders r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id)),
    updated_at = now()
WHERE c.tenant_id = current_setting('customergraph.repaired') AND c.id IN (SELECT id FROM counted_wrongly);

DELETE FROM customer_lifetime_values
WHERE tenant_id = current_setting('customergraph.repaired') AND customer_id IN (SELECT id FROM counted_wrongly);
INSERT INTO customer_lifetime_values (tenant_id, customer_id, currency, amount)
SELECT current_setting('customergraph.repaired'), customer_id, currency, sum(amount)
FROM (
    SELECT customer_id, currency, order_value(financial_status, cancelled_at, total_price, total_refunded) AS amount
    FROM shopify_orders
    WHERE tenant_id = current_setting('customergraph.repaired')
    UNION ALL
    SELECT customer_id, currency, payment_value(status, shopify_order_id, amount, refunded_amount)
    FROM transactions
    WHERE tenant_id = current_setting('customergraph.repaired') AND invoice_id IS NULL) AS paid
WHERE customer_id IN (SELECT id FROM counted_wrongly)
GROUP BY customer_id, currency
HAVING sum(amount) <> 0;

INSERT INTO change_events (tenant_id, kind, customer_id, detail)
SELECT current_setting('customergraph.repaired'), 'customer_changed', id, '{"fields": []}' FROM counted_wrongly ORDER BY id;
