SELECT 'source record of several rows' AS problem, tenant_id, array_agg(id) AS ids
FROM support_tickets
GROUP BY tenant_id, source_type, source_account, external_id
HAVING count(*) > 1;

SELECT 'row of a customer that is not there' AS problem, t.tenant_id, t.id
FROM support_tickets t
WHERE t.customer_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = t.tenant_id AND c.id = t.customer_id);
