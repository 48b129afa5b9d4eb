-- What every later migration stands on: extensions, the application's role, and the one way to isolate a table by tenant.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- The application connects as this role or as a member of it. It owns nothing, so row-level security always holds for
-- it. Its password is the operator's to set: ALTER ROLE customergraph_app LOGIN PASSWORD '…'.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'customergraph_app') THEN
        CREATE ROLE customergraph_app NOLOGIN;
    END IF;
END
$$;
GRANT USAGE ON SCHEMA public TO customergraph_app;

-- The name of the system that a record came from: 'shopify', 'freshdesk', 'xendit' … New providers add values often and
-- without a migration, therefore a checked name and not an enum type.
CREATE DOMAIN source_type AS text CHECK (VALUE ~ '^[a-z][a-z0-9_]{1,39}$');

-- ISO 4217.
CREATE DOMAIN currency_code AS text CHECK (VALUE ~ '^[A-Z]{3}$');

-- How sure the source makes us of a value, weakest first: somebody typed it, it was seen in use, the source verified it,
-- the channel itself proves it (the sender of a WhatsApp message).
CREATE DOMAIN assurance AS text CHECK (VALUE IN ('claimed', 'observed', 'verified', 'attested'));

-- Turns row-level security on and lets the application's role do what is granted to it, within its tenant only. The
-- tenant is set on the connection; where it is not set, no row is visible and none can be written. The subselect makes
-- PostgreSQL read the setting once a statement instead of once a row.
CREATE PROCEDURE isolate_by_tenant(target regclass, privileges text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format(
        'CREATE POLICY tenant_isolation ON %s '
        'USING (tenant_id = (SELECT current_setting(''customergraph.tenant'', true))) '
        'WITH CHECK (tenant_id = (SELECT current_setting(''customergraph.tenant'', true)))', target);
    EXECUTE format('GRANT %s ON %s TO customergraph_app', privileges, target);
END
$$;
REVOKE ALL ON PROCEDURE isolate_by_tenant FROM PUBLIC;
