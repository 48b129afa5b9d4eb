SELECT 'uninstalled connection with a token' AS problem, c.tenant_id, c.id
FROM integration_connections c
JOIN integration_secrets s ON s.tenant_id = c.tenant_id AND s.connection_id = c.id
WHERE c.status = 'uninstalled' AND s.field IN ('access_token', 'refresh_token') AND s.valid_until IS NULL;
