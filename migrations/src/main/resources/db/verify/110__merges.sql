WITH RECURSIVE became (tenant_id, id, now_id) AS (
    SELECT tenant_id, id, id FROM customers
    UNION
    SELECT b.tenant_id, b.id, c.merged_into
    FROM became b
    JOIN customers c ON c.tenant_id = b.tenant_id AND c.id = b.now_id
    WHERE c.merged_into IS NOT NULL)
SELECT 'identifier of another customer than its home became' AS problem, i.tenant_id, i.id, i.customer_id
FROM customer_identifiers i
WHERE i.home_id IS NOT NULL
  AND NOT EXISTS (
      SELECT FROM became b
      WHERE b.tenant_id = i.tenant_id AND b.id = i.home_id AND b.now_id = i.customer_id);

SELECT 'entry of a customer that is not there' AS problem, e.tenant_id, e.customer_id
FROM customer_entries e
WHERE NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = e.tenant_id AND c.id = e.customer_id);
