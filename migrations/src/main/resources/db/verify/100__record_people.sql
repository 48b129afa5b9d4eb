SELECT 'linked record without the decision' AS problem, p.tenant_id, p.record_type, p.record_id
FROM record_people p
WHERE p.customer_id IS NOT NULL
  AND NOT EXISTS (
      SELECT FROM match_decisions d
      WHERE d.tenant_id = p.tenant_id AND d.record_id = p.record_id AND d.kind = 'link' AND d.withdrawn_at IS NULL);

-- A merge moves the records and leaves the decisions about them: the customer of a decision is the one that it became.
WITH RECURSIVE became (tenant_id, id, now_id) AS (
    SELECT tenant_id, id, id FROM customers
    UNION
    SELECT b.tenant_id, b.id, c.merged_into
    FROM became b
    JOIN customers c ON c.tenant_id = b.tenant_id AND c.id = b.now_id
    WHERE c.merged_into IS NOT NULL)
SELECT 'record of another customer than decided' AS problem, d.tenant_id, d.record_type, d.record_id, d.id AS decision
FROM match_decisions d
LEFT JOIN record_people p ON p.tenant_id = d.tenant_id AND p.record_id = d.record_id
WHERE d.kind = 'link'
  AND d.withdrawn_at IS NULL
  AND NOT EXISTS (
      SELECT FROM became b
      WHERE b.tenant_id = d.tenant_id AND b.id = d.customer_id AND b.now_id = p.customer_id);

SELECT 'record of a customer that it was banned from' AS problem, d.tenant_id, d.record_type, d.record_id, d.id AS decision
FROM match_decisions d
JOIN record_people p ON p.tenant_id = d.tenant_id AND p.record_id = d.record_id AND p.customer_id = d.customer_id
WHERE d.kind = 'ban' AND d.withdrawn_at IS NULL;

SELECT 'record of a merged customer' AS problem, p.tenant_id, p.record_type, p.record_id
FROM record_people p
JOIN customers c ON c.tenant_id = p.tenant_id AND c.id = p.customer_id
WHERE c.status = 'merged';
