-- Calls to providers, each attempt a row. No body, no query, no header; of the path only its template.
CREATE TABLE integration_api_logs (
    tenant_id      text NOT NULL,
    id             uuid NOT NULL,
    connection_id  uuid NOT NULL,
    method         text NOT NULL CHECK (method ~ '^[A-Z]{3,7}$'),
    host           text NOT NULL CHECK (length(host) <= 253),
    path           text NOT NULL CHECK (length(path) <= 300),
    -- Null where no answer came.
    status         integer CHECK (status BETWEEN 100 AND 599),
    -- Why none came, or none was asked for: 'timeout', 'refused', 'circuit_open' …
    problem        text CHECK (length(problem) <= 60),
    attempt        integer NOT NULL CHECK (attempt > 0),
    duration_ms    integer NOT NULL CHECK (duration_ms >= 0),
    correlation_id text,
    occurred_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id)
);
CREATE INDEX integration_api_logs_newest
    ON integration_api_logs (tenant_id, connection_id, occurred_at DESC, id DESC);
CREATE INDEX integration_api_logs_age ON integration_api_logs (tenant_id, occurred_at);
CALL isolate_by_tenant('integration_api_logs', 'SELECT, INSERT, DELETE');

CREATE TABLE integration_metrics_hourly (
    tenant_id     text NOT NULL,
    connection_id uuid NOT NULL,
    hour          timestamptz NOT NULL CHECK (hour = date_trunc('hour', hour, 'UTC')),
    -- What is counted: 'api_call', 'webhook', 'event' …
    metric        text NOT NULL CHECK (metric ~ '^[a-z][a-z_]{0,39}$'),
    count         bigint NOT NULL,
    failures      bigint NOT NULL,
    -- Of all of them together, and of the longest.
    duration_ms   bigint NOT NULL,
    longest_ms    bigint NOT NULL,
    PRIMARY KEY (tenant_id, connection_id, hour, metric),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id),
    CHECK (failures BETWEEN 0 AND count AND longest_ms <= duration_ms)
);
CALL isolate_by_tenant('integration_metrics_hourly', 'SELECT, INSERT, UPDATE, DELETE');

-- Adds to an hour what happened in it. Who records several does so in the order of connection, hour and metric, so that two
-- nodes never wait for each other.
CREATE FUNCTION record_integration_metric(
    tenant text, connection uuid, metric text, happened_at timestamptz, count bigint DEFAULT 1, failures bigint DEFAULT 0,
    duration_ms bigint DEFAULT 0, longest_ms bigint DEFAULT 0)
RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public AS $$
    INSERT INTO public.integration_metrics_hourly AS m (
        tenant_id, connection_id, hour, metric, count, failures, duration_ms, longest_ms)
    VALUES ($1, $2, date_trunc('hour', $4, 'UTC'), $3, $5, $6, $7, $8)
    ON CONFLICT (tenant_id, connection_id, hour, metric) DO UPDATE
    SET count = m.count + EXCLUDED.count,
        failures = m.failures + EXCLUDED.failures,
        duration_ms = m.duration_ms + EXCLUDED.duration_ms,
        longest_ms = greatest(m.longest_ms, EXCLUDED.longest_ms)
$$;
REVOKE ALL ON FUNCTION record_integration_metric FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_integration_metric TO customergraph_app;
