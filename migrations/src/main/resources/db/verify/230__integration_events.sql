SELECT 'delivery that no node has taken up for an hour' AS problem, e.tenant_id, e.connection_id, count(*)
FROM integration_events e
JOIN integration_connections c ON c.tenant_id = e.tenant_id AND c.id = e.connection_id
WHERE c.status NOT IN ('paused', 'disconnected')
  AND (e.status IN ('received', 'failed') AND e.next_attempt_at < now() - interval '1 hour'
       OR e.status = 'processing' AND e.claimed_until < now() - interval '1 hour')
GROUP BY e.tenant_id, e.connection_id;

SELECT 'delivery that waits and has no body' AS problem, tenant_id, id
FROM integration_events
WHERE status IN ('received', 'processing', 'failed') AND body_ref IS NULL;

SELECT 'header with a secret' AS problem, e.tenant_id, e.id, h.name
FROM integration_events e
CROSS JOIN LATERAL jsonb_object_keys(e.headers) AS h (name)
WHERE h.name ~* '(authorization|cookie|signature|hmac|token|secret|hashstring|forwarded)';
