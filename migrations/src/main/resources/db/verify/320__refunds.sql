SELECT 'payment whose refunds are counted wrongly' AS problem, t.tenant_id, t.id, t.status, t.refunded_amount
FROM transactions t
CROSS JOIN LATERAL (
    SELECT greatest(t.told_refunded, coalesce(sum(f.amount), 0)) AS amount
    FROM transaction_refunds f
    WHERE f.tenant_id = t.tenant_id AND f.source_type = t.source_type AND f.source_account = t.source_account
      AND f.payment_external_id IN (t.external_id, t.also_known_as)
      AND f.currency = t.currency AND f.status = 'refunded') AS refunded
WHERE t.refunded_amount <> refunded.amount
   OR t.status <> payment_status(t.told_status, t.amount, refunded.amount);
