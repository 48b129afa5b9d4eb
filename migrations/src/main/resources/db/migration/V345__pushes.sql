-- What was answered to who pushed records, by the sender's own id of the request. A request that comes again gets its answer
-- again. The row is written before its records and in the same transaction, so that of two that come at once one waits.
CREATE TABLE integration_pushes (
    tenant_id     text NOT NULL,
    connection_id uuid NOT NULL,
    request_id    text NOT NULL CHECK (length(request_id) BETWEEN 1 AND 255),
    -- Of the body: an id is good for one body.
    body_sha256   bytea NOT NULL CHECK (length(body_sha256) = 32),
    -- The body of the answer as it was sent; null within the transaction alone.
    answer        text,
    received_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, connection_id, request_id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id)
);
CREATE INDEX integration_pushes_received ON integration_pushes (received_at);
CALL isolate_by_tenant('integration_pushes', 'SELECT, INSERT, UPDATE');

-- Deletes what was answered before then, of all tenants, at most so many at once; gives how many.
CREATE FUNCTION cleanup_old_pushes(before timestamptz, at_most integer DEFAULT 1000) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH deleted AS (
        DELETE FROM public.integration_pushes p
        USING (SELECT tenant_id, connection_id, request_id FROM public.integration_pushes
               WHERE received_at < before
               ORDER BY received_at
               LIMIT at_most
               FOR UPDATE SKIP LOCKED) AS old
        WHERE p.tenant_id = old.tenant_id AND p.connection_id = old.connection_id AND p.request_id = old.request_id
        RETURNING 1)
    SELECT count(*)::integer FROM deleted
$$;
REVOKE ALL ON FUNCTION cleanup_old_pushes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cleanup_old_pushes TO customergraph_app;
