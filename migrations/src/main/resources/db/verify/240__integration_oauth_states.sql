SELECT 'authorization that should be deleted' AS problem, tenant_id, id
FROM integration_oauth_states
WHERE expires_at < now() - interval '8 days';
