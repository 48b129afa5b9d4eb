SELECT 'erased customer of whom something is known' AS problem, c.tenant_id, c.id
FROM customers c
WHERE c.status = 'erased'
  AND (c.first_name IS NOT NULL OR c.last_name IS NOT NULL OR c.email IS NOT NULL OR c.phone IS NOT NULL
       OR EXISTS (SELECT FROM customer_identifiers i WHERE i.tenant_id = c.tenant_id AND i.customer_id = c.id)
       OR EXISTS (SELECT FROM customer_field_values v WHERE v.tenant_id = c.tenant_id AND v.customer_id = c.id)
       OR EXISTS (SELECT FROM customer_entries n WHERE n.tenant_id = c.tenant_id AND n.customer_id = c.id)
       OR EXISTS (SELECT FROM record_people p WHERE p.tenant_id = c.tenant_id AND p.customer_id = c.id));

SELECT 'erasure that is done and still names whom' AS problem, tenant_id, id
FROM privacy_requests
WHERE status = 'done' AND subject IS NOT NULL;
