-- The owner of an account took the app out at the provider. What the provider still says is taken and worked at, such as that
-- the shop's data are to be erased; there are no tokens any more.
ALTER TABLE integration_connections DROP CONSTRAINT integration_connections_status_check;
ALTER TABLE integration_connections ADD CONSTRAINT integration_connections_status_check
    CHECK (status IN ('pending', 'active', 'paused', 'uninstalled', 'disconnected'));
