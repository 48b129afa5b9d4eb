-- What was given back whole is worth nothing, also where nobody told the amount; and nothing is worth less than nothing.
CREATE OR REPLACE FUNCTION order_value(financial_status text, cancelled_at timestamptz, total numeric, refunded numeric)
RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN financial_status IN ('paid', 'partially_refunded') AND cancelled_at IS NULL
        THEN greatest(coalesce(total, 0) - refunded, 0)
        ELSE 0 END
$$;
CREATE OR REPLACE FUNCTION payment_value(status text, shopify_order_id bigint, amount numeric, refunded numeric)
RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN status IN ('paid', 'partly_refunded') AND shopify_order_id IS NULL THEN greatest(amount - refunded, 0)
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
