-- How a connection's webhook is to be received. Its secrets are in integration_secrets.
CREATE TABLE integration_webhook_configs (
    tenant_id           text NOT NULL,
    id                  uuid NOT NULL,
    connection_id       uuid NOT NULL,
    is_enabled          boolean NOT NULL DEFAULT true,
    -- What is wanted; none: everything that the provider sends.
    topics              text[] NOT NULL DEFAULT '{}',
    -- The header that carries the shared value, where the provider lets one be chosen.
    header_name         text CHECK (header_name ~ '^[A-Za-z0-9-]{1,64}$'),
    -- The provider's id of the subscription, where it was made through its API.
    subscription_id     text,
    max_body_bytes      integer NOT NULL DEFAULT 1048576 CHECK (max_body_bytes BETWEEN 1024 AND 26214400),
    requests_per_minute integer NOT NULL DEFAULT 6000 CHECK (requests_per_minute > 0),
    -- How old a signature with a time may be.
    tolerance           interval NOT NULL DEFAULT '5 minutes' CHECK (tolerance > interval '0'),
    body_retention      interval NOT NULL DEFAULT '30 days' CHECK (body_retention > interval '0'),
    verified_at         timestamptz,
    version             bigint NOT NULL DEFAULT 1,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id)
);
CREATE UNIQUE INDEX integration_webhook_configs_connection ON integration_webhook_configs (tenant_id, connection_id);
CALL isolate_by_tenant('integration_webhook_configs', 'SELECT, INSERT, UPDATE');

-- Deliveries: written before they are acknowledged, then worked at by any number of nodes. A queue and its history in one.
CREATE TABLE integration_events (
    tenant_id       text NOT NULL,
    id              uuid NOT NULL,
    -- The order in which deliveries came.
    sequence        bigint GENERATED ALWAYS AS IDENTITY,
    connection_id   uuid NOT NULL,
    -- The provider's id of the delivery, or what is made of the body where there is none: the same one comes once.
    delivery_id     text NOT NULL CHECK (length(delivery_id) BETWEEN 1 AND 255),
    -- Of a name that this version does not know too; such a one is ignored, not lost.
    topic           text NOT NULL CHECK (length(topic) <= 200),
    -- Events of one key are done one after the other, as they came: an order's, a ticket's. Null: no order is needed.
    ordering_key    text CHECK (length(ordering_key) <= 255),
    -- received, failed: wait, the second for another attempt. processing: some node is at it. The rest is final: processed;
    -- ignored, since nobody asked for it; dead, after the last attempt, until somebody replays it.
    status          text NOT NULL DEFAULT 'received'
        CHECK (status IN ('received', 'processing', 'processed', 'failed', 'dead', 'ignored')),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    claimed_by      text,
    claimed_until   timestamptz,
    -- Where the body is; null after its retention.
    body_ref        text,
    body_sha256     bytea NOT NULL CHECK (length(body_sha256) = 32),
    body_bytes      bigint NOT NULL CHECK (body_bytes >= 0),
    content_type    text,
    -- Those that decoding needs, in lower case. Never a signature, a token, a cookie or an address.
    headers         jsonb NOT NULL DEFAULT '{}',
    received_at     timestamptz NOT NULL DEFAULT now(),
    -- The provider's time of it, where it tells one.
    occurred_at     timestamptz,
    processed_at    timestamptz,
    replayed_at     timestamptz,
    -- A kind of failure and a sentence of ours: no text of a database or a provider, which quotes values.
    error_code      text,
    error           text CHECK (length(error) <= 1000),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id),
    CHECK ((status = 'processing') = (claimed_until IS NOT NULL)),
    CHECK ((claimed_until IS NULL) = (claimed_by IS NULL)),
    CHECK ((status IN ('processed', 'ignored')) = (processed_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX integration_events_delivery ON integration_events (tenant_id, connection_id, delivery_id);
-- What may be claimed, in the order in which it came …
CREATE INDEX integration_events_due ON integration_events (tenant_id, connection_id, next_attempt_at, sequence)
    WHERE status IN ('received', 'failed');
-- … and what a node claimed and did not finish.
CREATE INDEX integration_events_claimed ON integration_events (tenant_id, connection_id, claimed_until)
    WHERE status = 'processing';
-- Whether an earlier one of the same key is not done yet.
CREATE INDEX integration_events_key ON integration_events (tenant_id, connection_id, ordering_key, sequence)
    WHERE status IN ('received', 'processing', 'failed') AND ordering_key IS NOT NULL;
CREATE INDEX integration_events_newest ON integration_events (tenant_id, connection_id, received_at DESC, id DESC);
CREATE INDEX integration_events_newest_of_tenant ON integration_events (tenant_id, received_at DESC, id DESC);
CREATE INDEX integration_events_dead ON integration_events (tenant_id, connection_id, received_at DESC, id DESC)
    WHERE status = 'dead';
CREATE INDEX integration_events_body ON integration_events (tenant_id, received_at) WHERE body_ref IS NOT NULL;
CALL isolate_by_tenant('integration_events', 'SELECT, INSERT, UPDATE, DELETE');

-- Wakes the workers, once for each tenant of a statement. Transactions that notify commit one after the other: what comes
-- in large numbers is inserted in batches.
CREATE FUNCTION notify_of_integration_events() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('integration_events', tenant_id) FROM (SELECT DISTINCT tenant_id FROM new_events) AS t;
    RETURN NULL;
END
$$;
CREATE TRIGGER notify_of_integration_events AFTER INSERT ON integration_events
    REFERENCING NEW TABLE AS new_events FOR EACH STATEMENT EXECUTE FUNCTION notify_of_integration_events();

-- Whose deliveries wait, or were left by a node that died. The application sees one tenant at a time; this names them and
-- nothing else. What a paused connection received waits for its owner and not for a worker.
CREATE FUNCTION tenants_with_due_integration_events() RETURNS SETOF text
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
REVOKE ALL ON FUNCTION tenants_with_due_integration_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_due_integration_events TO customergraph_app;

-- Who read which body. Append-only, and outlives the event.
CREATE TABLE webhook_access_logs (
    tenant_id      text NOT NULL,
    id             uuid NOT NULL,
    connection_id  uuid NOT NULL,
    event_id       uuid NOT NULL,
    actor          text NOT NULL,
    -- process: a worker, to apply it. read: somebody, to look at it. replay. delete: its retention ended.
    purpose        text NOT NULL CHECK (purpose IN ('process', 'read', 'replay', 'delete')),
    correlation_id text,
    accessed_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id)
);
CREATE INDEX webhook_access_logs_event ON webhook_access_logs (tenant_id, event_id, accessed_at DESC, id DESC);
CALL isolate_by_tenant('webhook_access_logs', 'SELECT, INSERT');
