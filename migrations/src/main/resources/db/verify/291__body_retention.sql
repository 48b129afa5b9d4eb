SELECT 'body that is kept a week past its retention' AS problem, e.tenant_id, e.connection_id, count(*)
FROM integration_events e
LEFT JOIN integration_webhook_configs w ON w.tenant_id = e.tenant_id AND w.connection_id = e.connection_id
WHERE e.body_ref IS NOT NULL AND e.status IN ('processed', 'ignored')
  AND e.received_at < now() - coalesce(w.body_retention, interval '30 days') - interval '7 days'
GROUP BY e.tenant_id, e.connection_id;
