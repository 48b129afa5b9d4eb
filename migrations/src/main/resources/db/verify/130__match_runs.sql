SELECT 'run that nobody works at' AS problem, tenant_id, id, heartbeat_at
FROM match_runs
WHERE status = 'running' AND heartbeat_at < now() - interval '1 hour';
