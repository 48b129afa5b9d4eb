-- Whether what is here is what a connection's provider has. A run reads everything once more and compares; where it repairs it
-- reads a second time, brings what was missing or older, deletes what both readings did not have, and compares again.
CREATE TABLE reconciliations (
    tenant_id       text NOT NULL,
    id              uuid NOT NULL,
    connection_id   uuid NOT NULL,
    -- In the provider's words: tickets, orders … None until a node takes it up means all that is read there.
    resources       text[] NOT NULL DEFAULT '{}' CHECK (cardinality(resources) <= 50),
    repairs         boolean NOT NULL,
    actor           text NOT NULL,
    status          text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'finished', 'failed')),
    phase           text NOT NULL DEFAULT 'waiting' CHECK (phase IN (
        'waiting', 'reading', 'comparing', 'repairing', 'deleting', 'checking', 'clearing', 'done')),
    -- Where the phase stands: at which resource or sort of record, and there at which page or after which record.
    place           integer NOT NULL DEFAULT 0,
    reads_from      timestamptz,
    page            text CHECK (length(page) <= 2000),
    after_id        text NOT NULL DEFAULT '',
    -- Records of the phase, and those that could not be read: while there are any, nothing can be told to be too much.
    records         bigint NOT NULL DEFAULT 0,
    unreadable      bigint NOT NULL DEFAULT 0,
    -- Differences that are kept; more are counted.
    kept            integer NOT NULL DEFAULT 0,
    requested_at    timestamptz NOT NULL DEFAULT now(),
    -- What changed or came after this is not compared.
    began_at        timestamptz,
    finished_at     timestamptz,
    next_at         timestamptz NOT NULL DEFAULT now(),
    claimed_by      text,
    claimed_until   timestamptz,
    failures_in_a_row integer NOT NULL DEFAULT 0,
    -- Why it failed last, as a code; no text of the provider, which may quote anything.
    problem         text CHECK (length(problem) <= 100),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id),
    CHECK ((claimed_until IS NULL) = (claimed_by IS NULL)),
    CHECK ((status IN ('finished', 'failed')) = (finished_at IS NOT NULL))
);
CREATE UNIQUE INDEX reconciliations_one_at_a_time ON reconciliations (tenant_id, connection_id)
    WHERE status IN ('queued', 'running');
CREATE INDEX reconciliations_connection ON reconciliations (tenant_id, connection_id, requested_at, id);
CREATE INDEX reconciliations_due ON reconciliations (tenant_id, next_at) WHERE status IN ('queued', 'running');
CALL isolate_by_tenant('reconciliations', 'SELECT, INSERT, UPDATE, DELETE');

-- What a run found, for each sort of record. A checksum is over (id, content) of all records, whatever their order: 128 bits in
-- two halves, the exclusive or of each record's SHA-256.
CREATE TABLE reconciliation_entities (
    tenant_id         text NOT NULL,
    reconciliation_id uuid NOT NULL,
    record_type       text NOT NULL,
    -- Whether a complete reading has all of them, so that what it does not have is too much here.
    is_whole          boolean NOT NULL,
    source_count      bigint NOT NULL DEFAULT 0,
    count             bigint NOT NULL DEFAULT 0,
    source_high       bigint NOT NULL DEFAULT 0,
    source_low        bigint NOT NULL DEFAULT 0,
    high              bigint NOT NULL DEFAULT 0,
    low               bigint NOT NULL DEFAULT 0,
    not_compared      bigint NOT NULL DEFAULT 0,
    missing           bigint NOT NULL DEFAULT 0,
    extra             bigint NOT NULL DEFAULT 0,
    outdated          bigint NOT NULL DEFAULT 0,
    different         bigint NOT NULL DEFAULT 0,
    unlinked          bigint NOT NULL DEFAULT 0,
    -- Differences after the repair; null where there was none yet.
    remaining         bigint,
    PRIMARY KEY (tenant_id, reconciliation_id, record_type),
    FOREIGN KEY (tenant_id, reconciliation_id) REFERENCES reconciliations (tenant_id, id) ON DELETE CASCADE
);
CALL isolate_by_tenant('reconciliation_entities', 'SELECT, INSERT, UPDATE, DELETE');

-- Records by the ids that their source gave them, and nothing of what they say.
CREATE TABLE reconciliation_differences (
    tenant_id         text NOT NULL,
    id                uuid NOT NULL,
    reconciliation_id uuid NOT NULL,
    position          integer NOT NULL,
    record_type       text NOT NULL,
    external_id       text NOT NULL,
    kind              text NOT NULL CHECK (kind IN ('missing', 'extra', 'outdated', 'different', 'unlinked')),
    -- Why the repair left it, as a code.
    problem           text CHECK (length(problem) <= 100),
    repaired_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, reconciliation_id) REFERENCES reconciliations (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX reconciliation_differences_record
    ON reconciliation_differences (tenant_id, reconciliation_id, record_type, external_id);
CREATE INDEX reconciliation_differences_position
    ON reconciliation_differences (tenant_id, reconciliation_id, position, id);
CALL isolate_by_tenant('reconciliation_differences', 'SELECT, INSERT, UPDATE, DELETE');

-- What the source has, while a run is under way: which version of which record, and nothing of what it says.
CREATE TABLE reconciliation_records (
    tenant_id         text NOT NULL,
    reconciliation_id uuid NOT NULL,
    record_type       text NOT NULL,
    external_id       text NOT NULL,
    updated_at        timestamptz NOT NULL,
    content_hash      bytea NOT NULL,
    -- The last reading that had it: the first, or the one that repairs.
    reading           integer NOT NULL,
    is_rejected       boolean NOT NULL,
    PRIMARY KEY (tenant_id, reconciliation_id, record_type, external_id),
    FOREIGN KEY (tenant_id, reconciliation_id) REFERENCES reconciliations (tenant_id, id) ON DELETE CASCADE
);
CALL isolate_by_tenant('reconciliation_records', 'SELECT, INSERT, UPDATE, DELETE');

-- Half of what a record adds to a checksum.
CREATE FUNCTION record_checksum(external_id text, content_hash bytea, half integer) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT ('x' || encode(substr(sha256(convert_to(external_id || ' ', 'UTF8') || content_hash), 8 * half + 1, 8), 'hex'))::bit(64)::bigint
$$;

-- Whose run waits for a node. The application sees one tenant at a time; this names them and nothing else.
CREATE FUNCTION tenants_with_due_reconciliations() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT DISTINCT r.tenant_id FROM public.reconciliations r
    WHERE r.status IN ('queued', 'running') AND r.next_at <= now()
      AND (r.claimed_until IS NULL OR r.claimed_until <= now())
    ORDER BY r.tenant_id
    LIMIT 1000
$$;
REVOKE ALL ON FUNCTION tenants_with_due_reconciliations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_due_reconciliations TO customergraph_app;
