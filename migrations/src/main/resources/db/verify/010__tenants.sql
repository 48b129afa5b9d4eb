SELECT 'tenant with an unknown time zone' AS problem, t.id AS tenant_id
FROM tenants t
WHERE NOT EXISTS (SELECT FROM pg_timezone_names z WHERE z.name = t.default_timezone);

SELECT 'API key of several rows' AS problem, min(tenant_id) AS tenant_id, min(id::text) AS id, count(*)
FROM api_keys
GROUP BY key_hash
HAVING count(*) > 1;
