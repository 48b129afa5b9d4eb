SELECT 'request that was taken without an answer' AS problem, tenant_id, connection_id, count(*)
FROM integration_pushes
WHERE answer IS NULL
GROUP BY tenant_id, connection_id;
