SELECT 'refresh that is claimed for longer than it is waited' AS problem, tenant_id, id
FROM integration_connections
WHERE refresh_claimed_until > now() + interval '2 days';
