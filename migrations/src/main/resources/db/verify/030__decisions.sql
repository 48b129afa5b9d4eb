SELECT 'record with several links that stand' AS problem, tenant_id, record_id, array_agg(id) AS decisions
FROM match_decisions
WHERE kind = 'link' AND withdrawn_at IS NULL
GROUP BY tenant_id, record_id
HAVING count(*) > 1;

SELECT 'merged customer without the decision' AS problem, c.tenant_id, c.id
FROM customers c
WHERE c.status = 'merged'
  AND NOT EXISTS (
      SELECT FROM match_decisions d
      WHERE d.tenant_id = c.tenant_id
        AND d.other_customer_id = c.id
        AND d.kind = 'merge'
        AND d.withdrawn_at IS NULL);

SELECT 'decision to merge a customer that is not merged' AS problem, d.tenant_id, d.id, d.other_customer_id
FROM match_decisions d
JOIN customers c ON c.tenant_id = d.tenant_id AND c.id = d.other_customer_id
WHERE d.kind = 'merge' AND d.withdrawn_at IS NULL AND c.status NOT IN ('merged', 'erased');

SELECT 'decision about a customer that is not there' AS problem, d.tenant_id, d.id
FROM match_decisions d
WHERE NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = d.tenant_id AND c.id = d.customer_id)
   OR (d.other_customer_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = d.tenant_id AND c.id = d.other_customer_id));

SELECT 'change event of a customer that is not there' AS problem, e.tenant_id, e.sequence
FROM change_events e
WHERE e.kind <> 'customer_erased'
  AND NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = e.tenant_id AND c.id = e.customer_id);
