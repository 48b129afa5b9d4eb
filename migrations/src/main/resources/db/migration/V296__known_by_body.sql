-- Whether nothing but its body tells a delivery from others of its key. The same body again is a repeated delivery only while
-- nothing else came between: a ticket that is opened, closed and opened again is three.
ALTER TABLE integration_events ADD COLUMN is_known_by_body boolean NOT NULL DEFAULT false;
CREATE INDEX integration_events_known_by_body ON integration_events (tenant_id, connection_id, ordering_key, sequence)
    WHERE is_known_by_body AND ordering_key IS NOT NULL;

-- What was accepted before its connection was ended is applied: it needs no secret.
CREATE OR REPLACE FUNCTION tenants_with_due_integration_events() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id FROM public.tenants t
    WHERE EXISTS (
        SELECT FROM public.integration_connections c
        WHERE c.tenant_id = t.id AND c.status <> 'paused'
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
