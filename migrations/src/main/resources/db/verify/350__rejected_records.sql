SELECT 'history that tells of records it did not count' AS problem, tenant_id, connection_id, resource
FROM integration_syncs
WHERE jsonb_array_length(rejections) > rejected;
