-- What can be connected: a reference table of the platform, without a tenant and without a secret. Its rows come from the
-- data files of the application, one for each provider, which bring it up to date at each start.
CREATE TABLE integration_providers (
    provider             source_type PRIMARY KEY,
    -- For global ids; the same in every database.
    id                   uuid NOT NULL UNIQUE
                         GENERATED ALWAYS AS (md5('integration_provider:' || provider)::uuid) STORED,
    name                 text NOT NULL,
    category             text NOT NULL CHECK (category IN ('payment', 'communication', 'logistics', 'commerce', 'support',
                             'cloud', 'development')),
    is_mena_provider     boolean NOT NULL,
    -- ISO 3166-1 alpha-2; none: everywhere.
    supported_countries  text[] NOT NULL,
    -- ISO 4217; none: all, or none applies.
    supported_currencies text[] NOT NULL,
    -- 'ar' of MENA, 'en' of others.
    primary_locale       text NOT NULL,
    capabilities         text[] NOT NULL,
    -- Those of the capabilities that are ways to pay: 'mada', 'knet', 'bnpl' …
    payment_capabilities text[] NOT NULL,
    -- The data file whole, with the form for credentials and the help.
    definition           jsonb NOT NULL,
    updated_at           timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX integration_providers_mena_first ON integration_providers (is_mena_provider DESC, provider);
GRANT SELECT ON integration_providers TO customergraph_app;

-- The application owns nothing, and of this table it may do this one thing. What has not changed is not written; what this
-- version of the application does not know stays, since another node may.
CREATE FUNCTION register_integration_providers(definitions jsonb) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH written AS (
        INSERT INTO public.integration_providers AS p (
            provider, name, category, is_mena_provider, supported_countries, supported_currencies, primary_locale,
            capabilities, payment_capabilities, definition)
        SELECT d.provider, d.name, d.category, d.is_mena_provider, d.supported_countries, d.supported_currencies,
               d.primary_locale, d.capabilities, d.payment_capabilities, d.definition
        FROM jsonb_to_recordset(definitions) AS d (
            provider text, name text, category text, is_mena_provider boolean, supported_countries text[],
            supported_currencies text[], primary_locale text, capabilities text[], payment_capabilities text[],
            definition jsonb)
        ORDER BY d.provider
        ON CONFLICT (provider) DO UPDATE
        SET name = EXCLUDED.name, category = EXCLUDED.category, is_mena_provider = EXCLUDED.is_mena_provider,
            supported_countries = EXCLUDED.supported_countries, supported_currencies = EXCLUDED.supported_currencies,
            primary_locale = EXCLUDED.primary_locale, capabilities = EXCLUDED.capabilities,
            payment_capabilities = EXCLUDED.payment_capabilities, definition = EXCLUDED.definition, updated_at = now()
        WHERE p.definition <> EXCLUDED.definition
           OR (p.name, p.category, p.is_mena_provider, p.supported_countries, p.supported_currencies, p.primary_locale,
               p.capabilities, p.payment_capabilities)
              IS DISTINCT FROM
              (EXCLUDED.name, EXCLUDED.category, EXCLUDED.is_mena_provider, EXCLUDED.supported_countries,
               EXCLUDED.supported_currencies, EXCLUDED.primary_locale, EXCLUDED.capabilities,
               EXCLUDED.payment_capabilities)
        RETURNING 1)
    SELECT count(*)::integer FROM written
$$;
REVOKE ALL ON FUNCTION register_integration_providers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_integration_providers TO customergraph_app;

-- Who takes payments in a way, in a country: MENA first. A null of either stands for any.
CREATE FUNCTION get_payment_providers_by_capability(capability text, country text DEFAULT NULL)
RETURNS TABLE (provider text, name text, is_mena_provider boolean, supported_countries text[], supported_currencies text[])
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT p.provider, p.name, p.is_mena_provider, p.supported_countries, p.supported_currencies
    FROM public.integration_providers p
    WHERE p.category = 'payment'
      AND (capability IS NULL OR lower(capability) = ANY (p.payment_capabilities))
      AND (country IS NULL OR p.supported_countries = '{}' OR upper(country) = ANY (p.supported_countries))
    ORDER BY p.is_mena_provider DESC, p.provider
$$;
REVOKE ALL ON FUNCTION get_payment_providers_by_capability FROM PUBLIC;
GRANT EXECUTE ON FUNCTION get_payment_providers_by_capability TO customergraph_app;
