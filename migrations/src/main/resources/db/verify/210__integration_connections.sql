SELECT 'connection of a provider that is not registered' AS problem, c.tenant_id, c.id, c.provider::text
FROM integration_connections c
WHERE NOT EXISTS (SELECT FROM integration_providers p WHERE p.provider = c.provider);
