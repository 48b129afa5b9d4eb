-- Each row is something wrong; none is right.
SELECT 'a record''s customer is not what the ledger says' AS problem, p.tenant_id, p.record_type || ' ' || p.record_id AS detail
FROM record_people p
LEFT JOIN match_decisions d
    ON d.tenant_id = p.tenant_id AND d.record_id = p.record_id AND d.kind = 'link' AND d.withdrawn_at IS NULL
WHERE p.customer_id IS DISTINCT FROM d.customer_id
UNION ALL
SELECT 'a record belongs to a merged customer', p.tenant_id, p.record_type || ' ' || p.record_id
FROM record_people p JOIN customers c ON c.tenant_id = p.tenant_id AND c.id = p.customer_id
WHERE c.status = 'merged'
