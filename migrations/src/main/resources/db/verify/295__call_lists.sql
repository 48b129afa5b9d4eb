SELECT 'call of the future' AS problem, tenant_id, id
FROM integration_api_logs
WHERE occurred_at > now() + interval '1 day';
