-- How far a connection's history was read at the provider, one row for each sort of record. A pass reads what changed since the
-- one before, page by page; where it stands is written down after each page, so that whoever goes on goes on there.
CREATE TABLE integration_syncs (
    tenant_id       text NOT NULL,
    connection_id   uuid NOT NULL,
    -- In the provider's words: tickets, orders …
    resource        text NOT NULL CHECK (resource ~ '^[a-z_]{1,40}$'),
    -- What changed until then is here; null before the end of the first pass.
    covered_until   timestamptz,
    -- The pass that is under way, or stands still until next_at: when it began, what it reads from on, and its next page.
    pass_began_at   timestamptz,
    reads_from      timestamptz,
    page            text CHECK (length(page) <= 2000),
    -- Of this pass, or of the last one.
    records         bigint NOT NULL DEFAULT 0,
    rejected        bigint NOT NULL DEFAULT 0,
    next_at         timestamptz NOT NULL DEFAULT now(),
    claimed_by      text,
    claimed_until   timestamptz,
    failures_in_a_row integer NOT NULL DEFAULT 0,
    -- Why it failed last, as a code; no text of the provider, which may quote anything.
    problem         text CHECK (length(problem) <= 100),
    finished_at     timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, connection_id, resource),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id),
    CHECK ((claimed_until IS NULL) = (claimed_by IS NULL)),
    CHECK (pass_began_at IS NOT NULL OR (page IS NULL AND claimed_by IS NULL))
);
CREATE INDEX integration_syncs_due ON integration_syncs (tenant_id, next_at);
CALL isolate_by_tenant('integration_syncs', 'SELECT, INSERT, UPDATE');

-- Whose connections to one of these providers have something to read. The application sees one tenant at a time; this names
-- them and nothing else.
CREATE FUNCTION tenants_with_due_syncs(providers text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT c.tenant_id
    FROM public.integration_connections c
    WHERE c.status = 'active' AND c.provider = ANY (string_to_array(providers, ','))
      AND (NOT EXISTS (
              SELECT FROM public.integration_syncs s WHERE s.tenant_id = c.tenant_id AND s.connection_id = c.id)
           OR EXISTS (
              SELECT FROM public.integration_syncs s
              WHERE s.tenant_id = c.tenant_id AND s.connection_id = c.id AND s.next_at <= now()
                AND (s.claimed_until IS NULL OR s.claimed_until <= now())))
    ORDER BY c.tenant_id
    LIMIT 1000
$$;
REVOKE ALL ON FUNCTION tenants_with_due_syncs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_due_syncs TO customergraph_app;
