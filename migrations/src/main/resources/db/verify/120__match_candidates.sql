SELECT 'open candidate of a customer that is merged' AS problem, m.tenant_id, m.id, c.id AS customer_id
FROM match_candidates m
JOIN customers c
    ON c.tenant_id = m.tenant_id AND c.id IN (m.customer_id, m.other_customer_id)
-- One whose merge is to be taken back names both sides of it until it is.
WHERE m.status = 'open' AND c.status = 'merged' AND NOT (m.reason = 'hub' AND m.due_at IS NOT NULL);
