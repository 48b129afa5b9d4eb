DROP TABLE webhook_access_logs;
DROP FUNCTION tenants_with_due_integration_events;
DROP TABLE integration_events;
DROP FUNCTION notify_of_integration_events;
DROP TABLE integration_webhook_configs;
