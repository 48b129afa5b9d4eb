CREATE TABLE tenants (
    id               text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    name             text NOT NULL,
    -- ISO 3166-1 alpha-2: the region in which a phone number without a country code is read.
    default_region   text NOT NULL CHECK (default_region ~ '^[A-Z]{2}$'),
    default_currency currency_code NOT NULL,
    default_language text NOT NULL DEFAULT 'fr',
    default_timezone text NOT NULL DEFAULT 'Europe/Paris',
    created_at       timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenants
    USING (id = (SELECT current_setting('customergraph.tenant', true)));
GRANT SELECT ON tenants TO customergraph_app;

-- Only the SHA-256 of a key is kept. Keys are 32 random bytes, so that a plain hash cannot be reversed by guessing and a
-- request does not pay for a slow one.
CREATE TABLE api_keys (
    tenant_id             text NOT NULL REFERENCES tenants (id),
    id                    uuid NOT NULL,
    name                  text NOT NULL,
    prefix                text NOT NULL,
    key_hash              bytea NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    scopes                text[] NOT NULL,
    requests_per_minute   integer NOT NULL DEFAULT 6000 CHECK (requests_per_minute > 0),
    created_at            timestamptz NOT NULL DEFAULT now(),
    expires_at            timestamptz,
    revoked_at            timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CALL isolate_by_tenant('api_keys', 'SELECT');

-- The one question that is asked before the tenant is known. It runs as the owner and answers for one hash only, so that
-- the application can neither list keys nor read another tenant's.
CREATE FUNCTION authenticate_api_key(hash bytea)
RETURNS TABLE (tenant_id text, id uuid, name text, scopes text[], requests_per_minute integer, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT k.tenant_id, k.id, k.name, k.scopes, k.requests_per_minute, k.expires_at
    FROM public.api_keys k
    WHERE k.key_hash = hash
      AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > now())
$$;
REVOKE ALL ON FUNCTION authenticate_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION authenticate_api_key TO customergraph_app;

-- Who changed what. Append-only: the application may add and read, nothing else. No personal data in `detail`.
CREATE TABLE audit_log (
    tenant_id      text NOT NULL REFERENCES tenants (id),
    id             uuid NOT NULL,
    actor          text NOT NULL,
    action         text NOT NULL,
    subject_type   text NOT NULL,
    subject_id     uuid NOT NULL,
    detail         jsonb NOT NULL DEFAULT '{}',
    correlation_id text,
    occurred_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_log_subject ON audit_log (tenant_id, subject_id, occurred_at DESC);
CALL isolate_by_tenant('audit_log', 'SELECT, INSERT');
