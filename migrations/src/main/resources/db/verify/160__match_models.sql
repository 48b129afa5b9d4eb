SELECT 'decision by a model that is not there' AS problem, d.tenant_id, d.id, d.model_version
FROM match_decisions d
WHERE d.model_version LIKE 'trained-%'
  AND NOT EXISTS (SELECT FROM match_models m WHERE m.tenant_id = d.tenant_id AND m.version = d.model_version);

SELECT 'run that trained nothing and says that it did' AS problem, r.tenant_id, r.id
FROM match_runs r
WHERE r.mode = 'train' AND r.status = 'finished'
  AND NOT EXISTS (SELECT FROM match_models m WHERE m.tenant_id = r.tenant_id AND m.run_id = r.id);
