SELECT 'identifier that ended before it began' AS problem, tenant_id, id
FROM customer_identifiers
WHERE valid_to < valid_from
UNION ALL
SELECT 'phone of a customer that is another''s', c.tenant_id, c.id
FROM customers c
JOIN customer_identifiers i
    ON i.tenant_id = c.tenant_id AND i.kind = 'phone' AND i.scope = '' AND i.value = c.phone
   AND i.valid_to IS NULL AND NOT i.is_generic AND i.customer_id <> c.id
WHERE c.status <> 'merged';
