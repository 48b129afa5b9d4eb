SELECT 'source record of several rows' AS problem, tenant_id, table_name, array_agg(id) AS ids
FROM (
    SELECT tenant_id, 'transactions' AS table_name, source_type, source_account, external_id, id FROM transactions
    UNION ALL
    SELECT tenant_id, 'enrollments', source_type, source_account, external_id, id FROM enrollments) AS r
GROUP BY tenant_id, table_name, source_type, source_account, external_id
HAVING count(*) > 1;

SELECT 'row of a customer that is not there' AS problem, r.tenant_id, r.table_name, r.id
FROM (
    SELECT tenant_id, 'transactions' AS table_name, id, customer_id FROM transactions
    UNION ALL
    SELECT tenant_id, 'enrollments', id, customer_id FROM enrollments) AS r
WHERE r.customer_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = r.tenant_id AND c.id = r.customer_id);
