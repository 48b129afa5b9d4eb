-- What may be right, and is worth a look: `verify` does not ask it.
SELECT 'record of nobody that names somebody who is known' AS problem, p.tenant_id, p.record_type, p.record_id
FROM record_people p
WHERE p.customer_id IS NULL
  AND EXISTS (
      SELECT FROM customer_identifiers i
      WHERE i.tenant_id = p.tenant_id AND i.valid_to IS NULL AND NOT i.is_generic
        AND (i.kind = 'email' AND i.scope = '' AND i.value = p.email
             OR i.kind = 'phone' AND i.scope = '' AND i.value = p.phone
             OR i.kind = 'shopify_customer_id' AND i.scope = p.source_account AND i.value = p.person_external_id
                AND p.source_type = 'shopify'))
  AND NOT EXISTS (
      SELECT FROM match_decisions d
      WHERE d.tenant_id = p.tenant_id AND d.record_id = p.record_id AND d.kind = 'ban' AND d.withdrawn_at IS NULL);

SELECT 'order of another customer than its Shopify customer' AS problem, o.tenant_id, o.id
FROM shopify_orders o
JOIN shopify_customers s
    ON s.tenant_id = o.tenant_id AND s.source_account = o.source_account AND s.shopify_customer_id = o.shopify_customer_id
WHERE o.customer_id <> s.customer_id
  AND NOT EXISTS (
      SELECT FROM match_decisions d
      WHERE d.tenant_id = o.tenant_id AND d.record_id IN (o.id, s.id) AND (d.kind = 'ban' OR d.rule = 'steward')
        AND d.withdrawn_at IS NULL);
