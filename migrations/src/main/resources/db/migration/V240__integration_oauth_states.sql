-- Authorizations that somebody began and the provider has not answered yet. Each is answered once.
CREATE TABLE integration_oauth_states (
    tenant_id        text NOT NULL,
    id               uuid NOT NULL,
    connection_id    uuid NOT NULL,
    provider         source_type NOT NULL,
    -- SHA-256 of the state in the browser's address: what reads the table cannot answer for it.
    state_hash       bytea NOT NULL UNIQUE CHECK (length(state_hash) = 32),
    -- The caller who began.
    actor            text NOT NULL,
    -- PKCE (RFC 7636), encrypted for tenant, connection and state as integration_secrets are.
    code_verifier    bytea NOT NULL,
    redirect_uri     text NOT NULL,
    -- Where the browser goes afterwards; one of those that the operator allows.
    return_to        text,
    requested_scopes text[] NOT NULL DEFAULT '{}',
    created_at       timestamptz NOT NULL DEFAULT now(),
    expires_at       timestamptz NOT NULL,
    used_at          timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id),
    CHECK (expires_at > created_at AND expires_at <= created_at + interval '1 hour')
);
CREATE INDEX integration_oauth_states_expiry ON integration_oauth_states (expires_at);
CALL isolate_by_tenant('integration_oauth_states', 'SELECT, INSERT');

-- The provider's answer has no tenant, only the state. Whoever calls first with the right one gets whose it is; it is used
-- then, whatever becomes of the rest.
CREATE FUNCTION use_oauth_state(hash bytea, of_provider text) RETURNS TABLE (tenant_id text, id uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE public.integration_oauth_states s
    SET used_at = now()
    WHERE s.state_hash = hash AND s.provider = of_provider AND s.used_at IS NULL AND s.expires_at > now()
    RETURNING s.tenant_id, s.id
$$;
REVOKE ALL ON FUNCTION use_oauth_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION use_oauth_state TO customergraph_app;

-- Deletes what is used or expired, a day after, of all tenants, at most so many at once; gives how many.
CREATE FUNCTION cleanup_expired_oauth_states(at_most integer DEFAULT 1000) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH deleted AS (
        DELETE FROM public.integration_oauth_states s
        USING (SELECT tenant_id, id FROM public.integration_oauth_states
               WHERE expires_at < now() - interval '1 day'
               ORDER BY expires_at
               LIMIT at_most
               FOR UPDATE SKIP LOCKED) AS old
        WHERE s.tenant_id = old.tenant_id AND s.id = old.id
        RETURNING 1)
    SELECT count(*)::integer FROM deleted
$$;
REVOKE ALL ON FUNCTION cleanup_expired_oauth_states FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cleanup_expired_oauth_states TO customergraph_app;
