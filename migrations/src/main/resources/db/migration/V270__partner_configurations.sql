-- The platform's own accounts with providers: its apps and its places in partner programmes. They are no tenant's. The
-- application says for one transaction what it is about to do ('use': call a provider; 'admin': for a caller who administers
-- the partner programmes); where it does not say so, no row is visible and none can be written.
CREATE TABLE partner_configurations (
    provider     source_type PRIMARY KEY CHECK (provider IN ('shopify', 'meta_whatsapp', 'dialog_360', 'twilio')),
    id           uuid NOT NULL UNIQUE,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    -- What is no secret: an app's id, the partner's id.
    settings     jsonb NOT NULL DEFAULT '{}',
    -- Where the provider sends what is of no tenant's connection.
    webhook_url  text CHECK (webhook_url ~ '^https://' AND length(webhook_url) <= 500),
    -- What tenants see of it while they are taken on.
    is_public    boolean NOT NULL DEFAULT false,
    description  text CHECK (length(description) <= 2000),
    logo_url     text CHECK (logo_url ~ '^https://' AND length(logo_url) <= 500),
    terms_url    text CHECK (terms_url ~ '^https://' AND length(terms_url) <= 500),
    support_url  text CHECK (support_url ~ '^https://' AND length(support_url) <= 500),
    is_enabled   boolean NOT NULL DEFAULT true,
    version      bigint NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);
-- Each encrypted by the application for its provider and field alone.
CREATE TABLE partner_secrets (
    provider   source_type NOT NULL REFERENCES partner_configurations (provider),
    field      text NOT NULL CHECK (field ~ '^[a-z][a-z0-9_]{0,39}$'),
    ciphertext bytea NOT NULL CHECK (length(ciphertext) > 5),
    key_id     bigint NOT NULL,
    last_four  text CHECK (length(last_four) = 4),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, field)
);
ALTER TABLE partner_configurations ENABLE ROW LEVEL SECURITY;
ALTER TABLE partner_secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY platform_uses ON partner_configurations FOR SELECT
    USING ((SELECT current_setting('customergraph.platform', true)) = 'use');
CREATE POLICY platform_administers ON partner_configurations
    USING ((SELECT current_setting('customergraph.platform', true)) = 'admin')
    WITH CHECK ((SELECT current_setting('customergraph.platform', true)) = 'admin');
CREATE POLICY platform_uses ON partner_secrets FOR SELECT
    USING ((SELECT current_setting('customergraph.platform', true)) = 'use');
CREATE POLICY platform_administers ON partner_secrets
    USING ((SELECT current_setting('customergraph.platform', true)) = 'admin')
    WITH CHECK ((SELECT current_setting('customergraph.platform', true)) = 'admin');
GRANT SELECT, INSERT, UPDATE ON partner_configurations, partner_secrets TO customergraph_app;

-- What every tenant may know of those that are meant for it. No secret, and nothing of those that are not public.
CREATE FUNCTION partner_profiles()
RETURNS TABLE (provider text, name text, description text, logo_url text, terms_url text, support_url text, settings text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT p.provider, p.name, p.description, p.logo_url, p.terms_url, p.support_url, p.settings::text
    FROM public.partner_configurations p
    WHERE p.is_public AND p.is_enabled
    ORDER BY p.provider
$$;
REVOKE ALL ON FUNCTION partner_profiles FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partner_profiles TO customergraph_app;
