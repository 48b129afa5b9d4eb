-- Each row is something wrong; none is right.
SELECT 'two living customers have one primary e-mail' AS problem, tenant_id, min(id::text) AS detail
FROM customers WHERE email IS NOT NULL AND status <> 'merged'
GROUP BY tenant_id, email HAVING count(*) > 1
UNION ALL
SELECT 'two customers own one identifier', tenant_id, kind
FROM customer_identifiers WHERE valid_to IS NULL AND NOT is_generic
GROUP BY tenant_id, kind, scope, value HAVING count(*) > 1
UNION ALL
SELECT 'a merged customer owns a living identifier', c.tenant_id, c.id::text
FROM customers c JOIN customer_identifiers i ON i.tenant_id = c.tenant_id AND i.customer_id = c.id
WHERE c.status = 'merged' AND i.valid_to IS NULL
UNION ALL
SELECT 'a tenant lacks an identifier policy', t.id, k.kind
FROM tenants t
CROSS JOIN (VALUES ('email'), ('phone'), ('shopify_customer_id'), ('whatsapp_user_id'), ('external_id')) AS k (kind)
WHERE NOT EXISTS (SELECT FROM identifier_policies p WHERE p.tenant_id = t.id AND p.kind = k.kind)
UNION ALL
SELECT 'a customer cannot be searched', c.tenant_id, c.id::text
FROM customers c
WHERE c.status <> 'merged'
  AND (c.first_name IS NOT NULL OR c.last_name IS NOT NULL OR c.email IS NOT NULL OR c.phone IS NOT NULL)
  AND NOT EXISTS (SELECT FROM customer_search s WHERE s.tenant_id = c.tenant_id AND s.customer_id = c.id)
