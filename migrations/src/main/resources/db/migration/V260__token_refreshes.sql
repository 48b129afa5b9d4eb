-- Whose tokens end soon: tenants with a connected account whose token the provider ends within a week and whose refresh no
-- node is at. The application sees one tenant at a time; this names them and nothing else.
CREATE FUNCTION tenants_with_due_token_refreshes() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id FROM public.tenants t
    WHERE EXISTS (
        SELECT FROM public.integration_secrets s
        JOIN public.integration_connections c ON c.tenant_id = s.tenant_id AND c.id = s.connection_id
        WHERE s.tenant_id = t.id AND s.valid_until IS NULL AND s.field = 'access_token'
          AND s.expires_at BETWEEN now() - interval '1 day' AND now() + interval '7 days'
          AND c.status IN ('active', 'paused')
          AND (c.refresh_claimed_until IS NULL OR c.refresh_claimed_until <= now()))
    ORDER BY t.id
    LIMIT 1000
$$;
REVOKE ALL ON FUNCTION tenants_with_due_token_refreshes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_due_token_refreshes TO customergraph_app;
