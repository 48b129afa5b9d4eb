CREATE OR REPLACE FUNCTION order_value(financial_status text, cancelled_at timestamptz, total numeric, refunded numeric)
RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN financial_status IN ('paid', 'partially_refunded', 'refunded') AND cancelled_at IS NULL
        THEN coalesce(total, 0) - refunded
        ELSE 0 END
$$;
CREATE OR REPLACE FUNCTION payment_value(status text, shopify_order_id bigint, amount numeric, refunded numeric)
RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN status IN ('paid', 'partly_refunded', 'refunded') AND shopify_order_id IS NULL THEN amount - refunded
        ELSE 0 END
$$;

TRUNCATE customer_lifetime_values;
INSERT INTO customer_lifetime_values (tenant_id, customer_id, currency, amount)
SELECT tenant_id, customer_id, currency, sum(amount)
FROM (
    SELECT tenant_id, customer_id, currency,
           order_value(financial_status, cancelled_at, total_price, total_refunded) AS amount
    FROM shopify_orders
    UNION ALL
    SELECT tenant_id, customer_id, currency, payment_value(status, shopify_order_id, amount, refunded_amount)
    FROM transactions
    WHERE invoice_id IS NULL) AS paid
WHERE customer_id IS NOT NULL
GROUP BY tenant_id, customer_id, currency
HAVING sum(amount) <> 0;
