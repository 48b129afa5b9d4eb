-- Deliveries of a connection that are not final, in the order in which they are taken up.
CREATE INDEX integration_events_open
    ON integration_events (tenant_id, connection_id, sequence, next_attempt_at)
    WHERE status IN ('received', 'processing', 'failed');

-- What a disconnected connection left behind waits for nobody's work either.
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

CREATE INDEX integration_metrics_hourly_age ON integration_metrics_hourly (tenant_id, hour);

-- Deletes calls and hours that are older than is kept, of all tenants, at most so many of each at once; gives how many.
CREATE FUNCTION cleanup_old_integration_calls(
    calls_before timestamptz, hours_before timestamptz, at_most integer DEFAULT 1000) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH calls AS (
        DELETE FROM public.integration_api_logs l
        USING (SELECT t.id AS tenant_id, o.id
               FROM public.tenants t
               CROSS JOIN LATERAL (
                   SELECT id FROM public.integration_api_logs
                   WHERE tenant_id = t.id AND occurred_at < calls_before
                   ORDER BY occurred_at
                   LIMIT at_most
                   FOR UPDATE SKIP LOCKED) AS o
               LIMIT at_most) AS old
        WHERE l.tenant_id = old.tenant_id AND l.id = old.id
        RETURNING 1),
    hours AS (
        DELETE FROM public.integration_metrics_hourly m
        USING (SELECT t.id AS tenant_id, o.connection_id, o.hour, o.metric
               FROM public.tenants t
               CROSS JOIN LATERAL (
                   SELECT connection_id, hour, metric FROM public.integration_metrics_hourly
                   WHERE tenant_id = t.id AND hour < hours_before
                   ORDER BY hour
                   LIMIT at_most
                   FOR UPDATE SKIP LOCKED) AS o
               LIMIT at_most) AS old
        WHERE m.tenant_id = old.tenant_id AND m.connection_id = old.connection_id
          AND m.hour = old.hour AND m.metric = old.metric
        RETURNING 1)
    SELECT ((SELECT count(*) FROM calls) + (SELECT count(*) FROM hours))::integer
$$;
REVOKE ALL ON FUNCTION cleanup_old_integration_calls FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cleanup_old_integration_calls TO customergraph_app;

-- How much waits and is dead, of all tenants together: for the operator's gauges, which name no tenant.
CREATE FUNCTION integration_queue_depths()
RETURNS TABLE (provider text, waiting bigint, dead bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT c.provider, sum(w.waiting)::bigint, sum(d.dead)::bigint, min(w.oldest)
    FROM public.integration_connections c
    CROSS JOIN LATERAL (
        SELECT count(*) AS waiting, min(e.received_at) AS oldest FROM public.integration_events e
        WHERE e.tenant_id = c.tenant_id AND e.connection_id = c.id
          AND e.status IN ('received', 'processing', 'failed')) AS w
    CROSS JOIN LATERAL (
        SELECT count(*) AS dead FROM public.integration_events e
        WHERE e.tenant_id = c.tenant_id AND e.connection_id = c.id AND e.status = 'dead') AS d
    GROUP BY c.provider
$$;
REVOKE ALL ON FUNCTION integration_queue_depths FROM PUBLIC;
GRANT EXECUTE ON FUNCTION integration_queue_depths TO customergraph_app;
