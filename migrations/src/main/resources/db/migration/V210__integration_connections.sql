-- A tenant's accounts with providers, as many of one provider as it likes.
CREATE TABLE integration_connections (
    tenant_id             text NOT NULL REFERENCES tenants (id),
    id                    uuid NOT NULL,
    -- Names a row of integration_providers, and no foreign key does: a node of the next version may know one more.
    provider              source_type NOT NULL,
    name                  text NOT NULL,
    environment           text NOT NULL CHECK (environment IN ('development', 'staging', 'production')),
    -- The account there, normalised: the shop's domain, the helpdesk's … Records carry it as `source_account`, so that who
    -- disconnects and connects again keeps the records.
    account               text NOT NULL,
    -- pending: waits for the provider's consent. paused: deliveries come in and wait. disconnected: has no secrets any more.
    status                text NOT NULL CHECK (status IN ('pending', 'active', 'paused', 'disconnected')),
    settings              jsonb NOT NULL DEFAULT '{}',
    -- What the provider's consent covers, where it is by OAuth.
    granted_scopes        text[] NOT NULL DEFAULT '{}',
    health                text NOT NULL DEFAULT 'unknown' CHECK (health IN ('unknown', 'healthy', 'degraded', 'failing')),
    -- Failures or successes in a row, the latest included: of the two one is 0.
    failures_in_a_row     integer NOT NULL DEFAULT 0,
    successes_in_a_row    integer NOT NULL DEFAULT 0,
    -- Why the last check failed, as a code; no text of the provider, which may quote anything.
    health_problem        text,
    health_checked_at     timestamptz,
    last_success_at       timestamptz,
    -- Whose refresh of an OAuth token is under way, and until when it is believed to be.
    refresh_claimed_by    text,
    refresh_claimed_until timestamptz,
    version               bigint NOT NULL DEFAULT 1,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    disconnected_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((status = 'disconnected') = (disconnected_at IS NOT NULL))
);
-- A webhook's path names a connection and no tenant.
CREATE UNIQUE INDEX integration_connections_id ON integration_connections (id);
CREATE INDEX integration_connections_newest ON integration_connections (tenant_id, created_at DESC, id DESC);
CREATE INDEX integration_connections_provider ON integration_connections (tenant_id, provider, account);
CALL isolate_by_tenant('integration_connections', 'SELECT, INSERT, UPDATE');

-- The other name of the connections to where tickets and orders come from; a merchant is a tenant. No key is in it.
CREATE VIEW merchant_integrations WITH (security_invoker = true) AS
    SELECT c.tenant_id, c.tenant_id AS merchant_id, c.id, c.provider AS source_type, c.account, c.settings AS config,
           c.status = 'active' AS is_active, c.created_at, c.updated_at
    FROM integration_connections c
    JOIN integration_providers p ON p.provider = c.provider
    WHERE p.category IN ('commerce', 'support');
GRANT SELECT ON merchant_integrations TO customergraph_app;

-- The one question that is asked by a connection's id alone. It names the tenant and no more.
CREATE FUNCTION tenant_of_connection(connection uuid) RETURNS TABLE (tenant_id text, provider text, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT c.tenant_id, c.provider, c.status FROM public.integration_connections c WHERE c.id = connection
$$;
REVOKE ALL ON FUNCTION tenant_of_connection FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenant_of_connection TO customergraph_app;

-- Keeps what a check or a call found: a connection degrades with the first failure, fails with the third in a row, and is
-- healthy again after the second success in a row; one that was never checked is healthy with its first.
CREATE FUNCTION update_integration_health(tenant text, connection uuid, succeeded boolean, problem text DEFAULT NULL)
RETURNS text
LANGUAGE sql SET search_path = pg_catalog, public AS $$
    UPDATE public.integration_connections c
    SET failures_in_a_row = CASE WHEN succeeded THEN 0 ELSE least(c.failures_in_a_row + 1, 1000000) END,
        successes_in_a_row = CASE WHEN succeeded THEN least(c.successes_in_a_row + 1, 1000000) ELSE 0 END,
        health = CASE
            WHEN NOT succeeded THEN CASE WHEN c.failures_in_a_row >= 2 THEN 'failing' ELSE 'degraded' END
            WHEN c.health IN ('unknown', 'healthy') OR c.successes_in_a_row >= 1 THEN 'healthy'
            ELSE 'degraded' END,
        health_problem = CASE WHEN succeeded THEN NULL ELSE problem END,
        health_checked_at = now(),
        last_success_at = CASE WHEN succeeded THEN now() ELSE c.last_success_at END
    WHERE c.tenant_id = tenant AND c.id = connection
    RETURNING c.health
$$;
REVOKE ALL ON FUNCTION update_integration_health FROM PUBLIC;
GRANT EXECUTE ON FUNCTION update_integration_health TO customergraph_app;
