-- Bodies that may be deleted once they are old: of what is done, and, later, of what was given up. What waits keeps its own.
CREATE INDEX integration_events_body_of_done ON integration_events (tenant_id, connection_id, received_at)
    WHERE body_ref IS NOT NULL AND status IN ('processed', 'ignored');
CREATE INDEX integration_events_body_of_dead ON integration_events (tenant_id, connection_id, received_at)
    WHERE body_ref IS NOT NULL AND status = 'dead';
DROP INDEX integration_events_body;

-- Whether a body that the store has is any event's.
CREATE INDEX integration_events_body_ref ON integration_events (tenant_id, body_ref) WHERE body_ref IS NOT NULL;

-- When the store was last looked through for bodies that no event names. Who writes the time does it: one node.
CREATE TABLE integration_body_sweeps (
    tenant_id text NOT NULL REFERENCES tenants (id),
    begun_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id)
);
CALL isolate_by_tenant('integration_body_sweeps', 'SELECT, INSERT, UPDATE');

-- Whose bodies are to be deleted; a dead letter's is kept for at least so long. The application sees one tenant at a time;
-- this names them and nothing else, as does the next.
CREATE FUNCTION tenants_with_old_bodies(dead_for interval) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id FROM public.tenants t
    WHERE EXISTS (
        SELECT FROM public.integration_connections c
        LEFT JOIN public.integration_webhook_configs w ON w.tenant_id = c.tenant_id AND w.connection_id = c.id
        WHERE c.tenant_id = t.id
          AND (EXISTS (
                  SELECT FROM public.integration_events e
                  WHERE e.tenant_id = c.tenant_id AND e.connection_id = c.id AND e.body_ref IS NOT NULL
                    AND e.status IN ('processed', 'ignored')
                    AND e.received_at < now() - coalesce(w.body_retention, interval '30 days'))
               OR EXISTS (
                  SELECT FROM public.integration_events e
                  WHERE e.tenant_id = c.tenant_id AND e.connection_id = c.id AND e.body_ref IS NOT NULL
                    AND e.status = 'dead'
                    AND e.received_at < now() - greatest(coalesce(w.body_retention, interval '30 days'), dead_for))))
    ORDER BY t.id
    LIMIT 1000
$$;
REVOKE ALL ON FUNCTION tenants_with_old_bodies FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_old_bodies TO customergraph_app;

-- Whose part of the store nobody has looked through for so long: the longest first.
CREATE FUNCTION tenants_with_due_body_sweeps(every interval) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id FROM public.tenants t
    LEFT JOIN public.integration_body_sweeps s ON s.tenant_id = t.id
    WHERE (s.begun_at IS NULL OR s.begun_at <= now() - every)
      AND EXISTS (SELECT FROM public.integration_connections c WHERE c.tenant_id = t.id)
    ORDER BY s.begun_at NULLS FIRST, t.id
    LIMIT 1000
$$;
REVOKE ALL ON FUNCTION tenants_with_due_body_sweeps FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_due_body_sweeps TO customergraph_app;
