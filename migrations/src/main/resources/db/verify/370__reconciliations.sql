SELECT 'reconciliation that nobody works at' AS problem, tenant_id, id
FROM reconciliations
WHERE status IN ('queued', 'running') AND next_at < now() - interval '1 day';

SELECT 'reconciliation that ended and keeps what it read' AS problem, r.tenant_id, r.id
FROM reconciliations r
WHERE r.status IN ('finished', 'failed')
  AND EXISTS (
      SELECT FROM reconciliation_records s WHERE s.tenant_id = r.tenant_id AND s.reconciliation_id = r.id);
