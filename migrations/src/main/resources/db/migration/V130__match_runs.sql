-- Bulk matching: all customers of a tenant compared with each other. A run is asked for here, and done by any node.
CREATE TABLE match_runs (
    tenant_id      text NOT NULL REFERENCES tenants (id),
    id             uuid NOT NULL,
    -- dry_run: counts what it finds. apply: makes candidates of it, and works at their queue.
    mode           text NOT NULL CHECK (mode IN ('dry_run', 'apply')),
    status         text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'finished', 'failed')),
    phase          text NOT NULL DEFAULT 'waiting'
        CHECK (phase IN ('waiting', 'reading', 'comparing', 'storing', 'deciding', 'done')),
    -- Of the phase: customers read, pairs stored, candidates decided.
    processed      bigint NOT NULL DEFAULT 0,
    total          bigint NOT NULL DEFAULT 0,
    customers      bigint NOT NULL DEFAULT 0,
    compared_pairs bigint NOT NULL DEFAULT 0,
    likely_pairs   bigint NOT NULL DEFAULT 0,
    review_pairs   bigint NOT NULL DEFAULT 0,
    merged         bigint NOT NULL DEFAULT 0,
    model_version  text,
    actor          text NOT NULL,
    -- A run whose node died is taken up by another, from the start: what is merged is merged.
    attempts       integer NOT NULL DEFAULT 0,
    requested_at   timestamptz NOT NULL DEFAULT now(),
    started_at     timestamptz,
    heartbeat_at   timestamptz,
    finished_at    timestamptz,
    failure        text,
    PRIMARY KEY (tenant_id, id),
    CHECK ((status IN ('finished', 'failed')) = (finished_at IS NOT NULL))
);
CREATE UNIQUE INDEX match_runs_one_at_a_time ON match_runs (tenant_id) WHERE status IN ('queued', 'running');
CALL isolate_by_tenant('match_runs', 'SELECT, INSERT, UPDATE');

-- Whose run waits for a node. The application sees one tenant at a time; this names them and nothing else.
CREATE FUNCTION tenants_with_waiting_runs() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
    SELECT r.tenant_id FROM public.match_runs r
    WHERE r.status = 'queued' OR (r.status = 'running' AND r.heartbeat_at < now() - interval '1 minute')
    ORDER BY r.requested_at
    LIMIT 1000
$$;
REVOKE ALL ON FUNCTION tenants_with_waiting_runs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_waiting_runs TO customergraph_app;
