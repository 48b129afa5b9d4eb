SELECT 'candidate with one home' AS problem, tenant_id, id
FROM match_candidates
WHERE (home_id IS NULL) <> (other_home_id IS NULL);
