SELECT 'source record of several rows' AS problem, tenant_id, table_name, array_agg(id) AS ids
FROM (
    SELECT tenant_id, 'appointments' AS table_name, source_type, source_account, external_id, id FROM appointments
    UNION ALL
    SELECT tenant_id, 'prospects', source_type, source_account, external_id, id FROM prospects) AS r
GROUP BY tenant_id, table_name, source_type, source_account, external_id
HAVING count(*) > 1;

SELECT 'row of a customer that is not there' AS problem, r.tenant_id, r.table_name, r.id
FROM (
    SELECT tenant_id, 'appointments' AS table_name, id, customer_id FROM appointments
    UNION ALL
    SELECT tenant_id, 'prospects', id, customer_id FROM prospects) AS r
WHERE r.customer_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = r.tenant_id AND c.id = r.customer_id);
