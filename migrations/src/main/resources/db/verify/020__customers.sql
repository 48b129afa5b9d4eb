SELECT 'primary e-mail of several living customers' AS problem, tenant_id, array_agg(id) AS customers
FROM customers
WHERE status <> 'merged' AND email IS NOT NULL
GROUP BY tenant_id, email
HAVING count(*) > 1;

SELECT 'primary phone of several living customers' AS problem, tenant_id, array_agg(id) AS customers
FROM customers
WHERE status <> 'merged' AND phone IS NOT NULL
GROUP BY tenant_id, phone
HAVING count(*) > 1;

SELECT 'living identifier of several customers' AS problem, tenant_id, kind, array_agg(id) AS identifiers
FROM customer_identifiers
WHERE valid_to IS NULL AND NOT is_generic
GROUP BY tenant_id, kind, scope, value
HAVING count(*) > 1;

SELECT 'living identifier of a merged customer' AS problem, i.tenant_id, i.id, i.customer_id
FROM customer_identifiers i
JOIN customers c ON c.tenant_id = i.tenant_id AND c.id = i.customer_id
WHERE i.valid_to IS NULL AND c.status = 'merged';

-- A walk that ends nowhere goes in a circle.
WITH RECURSIVE walk (tenant_id, id, at) AS (
    SELECT tenant_id, id, merged_into FROM customers WHERE status = 'merged'
    UNION
    SELECT w.tenant_id, w.id, c.merged_into
    FROM walk w
    JOIN customers c ON c.tenant_id = w.tenant_id AND c.id = w.at
    WHERE c.status = 'merged')
SELECT 'merged customer without a survivor' AS problem, m.tenant_id, m.id
FROM customers m
WHERE m.status = 'merged'
  AND NOT EXISTS (
      SELECT FROM walk w
      JOIN customers c ON c.tenant_id = w.tenant_id AND c.id = w.at
      WHERE w.tenant_id = m.tenant_id AND w.id = m.id AND c.status <> 'merged');

SELECT 'living customer that search does not know' AS problem, c.tenant_id, c.id
FROM customers c
WHERE c.status IN ('active', 'inactive')
  AND NOT EXISTS (SELECT FROM customer_search s WHERE s.tenant_id = c.tenant_id AND s.customer_id = c.id);

SELECT 'tenant without a policy for a kind of identifier' AS problem, t.id AS tenant_id, k.kind
FROM tenants t
CROSS JOIN (VALUES ('email'), ('phone'), ('shopify_customer_id'), ('whatsapp_user_id'), ('external_id')) AS k (kind)
WHERE NOT EXISTS (SELECT FROM identifier_policies p WHERE p.tenant_id = t.id AND p.kind = k.kind);

SELECT 'row of a customer that is not there' AS problem, r.tenant_id, r.table_name, r.customer_id
FROM (
    SELECT tenant_id, 'customer_search' AS table_name, customer_id FROM customer_search
    UNION ALL
    SELECT tenant_id, 'customer_lifetime_values', customer_id FROM customer_lifetime_values
    UNION ALL
    SELECT tenant_id, 'customer_identifiers', customer_id FROM customer_identifiers
    UNION ALL
    SELECT tenant_id, 'customer_field_values', customer_id FROM customer_field_values
    UNION ALL
    SELECT tenant_id, 'customer_consents', customer_id FROM customer_consents) AS r
WHERE NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = r.tenant_id AND c.id = r.customer_id);
