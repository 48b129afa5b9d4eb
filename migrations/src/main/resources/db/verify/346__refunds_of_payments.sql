SELECT 'refund that names two payments' AS problem, f.tenant_id, f.id
FROM transaction_refunds f
JOIN transactions t
    ON t.tenant_id = f.tenant_id AND t.source_type = f.source_type AND t.source_account = f.source_account
   AND f.payment_external_id IN (t.external_id, t.also_known_as)
GROUP BY f.tenant_id, f.id
HAVING count(*) > 1;
