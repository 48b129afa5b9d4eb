DROP FUNCTION tenants_with_due_syncs(text);
DROP TABLE integration_syncs;
