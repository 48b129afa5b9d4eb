SELECT 'refund that names two payments' AS problem, f.tenant_id, f.id
FROM transaction_refunds f
JOIN transactions t
    ON t.tenant_id = f.tenant_id AND t.source_type = f.source_type AND t.source_account = f.source_account
   AND f.payment_external_id IN (t.external_id, t.also_known_as)
-- A payment and its invoice are one; payments have had an invoice since V400 only.
WHERE to_jsonb(t) ->> 'invoice_id' IS NULL
GROUP BY f.tenant_id, f.id
HAVING count(*) > 1;
