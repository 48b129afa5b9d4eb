SELECT 'payment that is not joined with its invoice' AS problem, t.tenant_id, t.id
FROM transactions t
WHERE NOT t.is_invoice
  AND t.invoice_id IS DISTINCT FROM (
      SELECT i.id FROM transactions i
      WHERE i.tenant_id = t.tenant_id AND i.source_type = t.source_type AND i.source_account = t.source_account
        AND i.is_invoice AND i.also_known_as IN (t.external_id, t.also_known_as)
      ORDER BY i.external_id
      LIMIT 1);
