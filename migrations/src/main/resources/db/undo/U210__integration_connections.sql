DROP FUNCTION update_integration_health;
DROP FUNCTION tenant_of_connection;
DROP VIEW merchant_integrations;
DROP TABLE integration_connections;
