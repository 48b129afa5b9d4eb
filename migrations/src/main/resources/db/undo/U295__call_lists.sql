CREATE INDEX integration_api_logs_age ON integration_api_logs (tenant_id, occurred_at);
DROP INDEX integration_api_logs_of_tenant;
