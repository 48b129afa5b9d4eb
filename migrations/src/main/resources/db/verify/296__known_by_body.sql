SELECT 'delivery that is known by its body and by no digest' AS problem, tenant_id, id
FROM integration_events
WHERE is_known_by_body AND delivery_id !~ '^[0-9a-f]{64}(:|$)';
