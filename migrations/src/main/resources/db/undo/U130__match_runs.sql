DROP FUNCTION tenants_with_waiting_runs;
DROP TABLE match_runs;
