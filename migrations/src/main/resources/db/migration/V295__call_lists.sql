-- Calls of all connections of a tenant, the newest first, from any place on. It finds what is too old as well.
CREATE INDEX integration_api_logs_of_tenant ON integration_api_logs (tenant_id, occurred_at DESC, id DESC);
DROP INDEX integration_api_logs_age;
