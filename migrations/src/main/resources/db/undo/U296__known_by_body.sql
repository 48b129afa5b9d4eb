DROP INDEX integration_events_known_by_body;
ALTER TABLE integration_events DROP COLUMN is_known_by_body;

CREATE OR REPLACE FUNCTION tenants_with_due_integration_events() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id FROM public.tenants t
    WHERE EXISTS (
        SELECT FROM public.integration_connections c
        WHERE c.tenant_id = t.id AND c.status NOT IN ('paused', 'disconnected')
          AND (EXISTS (
                  SELECT FROM public.integration_events e
                  WHERE e.tenant_id = c.tenant_id AND e.connection_id = c.id
                    AND e.status IN ('received', 'failed') AND e.next_attempt_at <= now())
               OR EXISTS (
                  SELECT FROM public.integration_events e
                  WHERE e.tenant_id = c.tenant_id AND e.connection_id = c.id
                    AND e.status = 'processing' AND e.claimed_until <= now())))
    ORDER BY t.id
    LIMIT 1000
$$;
