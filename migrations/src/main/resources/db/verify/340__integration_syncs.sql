SELECT 'history that nobody reads any more' AS problem, s.tenant_id, s.connection_id, s.resource
FROM integration_syncs s
JOIN integration_connections c ON c.tenant_id = s.tenant_id AND c.id = s.connection_id
WHERE c.status = 'active' AND s.next_at < now() - interval '1 day';
