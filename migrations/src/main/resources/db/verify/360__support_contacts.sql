SELECT 'source record of several rows' AS problem, tenant_id, 'support_contacts' AS table_name, array_agg(id) AS ids
FROM support_contacts
GROUP BY tenant_id, source_type, source_account, external_id
HAVING count(*) > 1;

SELECT 'row of a customer that is not there' AS problem, r.tenant_id, 'support_contacts' AS table_name, r.id
FROM support_contacts r
WHERE r.customer_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = r.tenant_id AND c.id = r.customer_id);

SELECT 'record that its source deleted' AS problem, r.tenant_id, t.record_type, r.source_account, r.external_id
FROM support_contacts r
JOIN record_tombstones t
    ON t.tenant_id = r.tenant_id AND t.record_type = 'support_contact' AND t.source_type = r.source_type
   AND t.source_account = r.source_account AND t.external_id = r.external_id
WHERE t.is_final OR r.updated_at <= t.deleted_at;
