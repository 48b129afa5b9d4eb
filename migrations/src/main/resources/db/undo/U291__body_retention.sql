DROP FUNCTION tenants_with_due_body_sweeps;
DROP FUNCTION tenants_with_old_bodies;
DROP TABLE integration_body_sweeps;
DROP INDEX integration_events_body_ref;
CREATE INDEX integration_events_body ON integration_events (tenant_id, received_at) WHERE body_ref IS NOT NULL;
DROP INDEX integration_events_body_of_dead;
DROP INDEX integration_events_body_of_done;
