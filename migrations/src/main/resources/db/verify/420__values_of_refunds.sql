SELECT 'lifetime value below nothing' AS problem, tenant_id, customer_id, currency
FROM customer_lifetime_values
WHERE amount < 0;
