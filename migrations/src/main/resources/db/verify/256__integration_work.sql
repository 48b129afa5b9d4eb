SELECT 'delivery that was claimed without having been begun' AS problem, tenant_id, id
FROM integration_events
WHERE status = 'processing' AND attempts = 0;
