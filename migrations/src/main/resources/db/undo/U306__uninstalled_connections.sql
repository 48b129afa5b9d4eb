UPDATE integration_connections SET status = 'pending' WHERE status = 'uninstalled';
ALTER TABLE integration_connections DROP CONSTRAINT integration_connections_status_check;
ALTER TABLE integration_connections ADD CONSTRAINT integration_connections_status_check
    CHECK (status IN ('pending', 'active', 'paused', 'disconnected'));
