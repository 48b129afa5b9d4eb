-- What people ask for, or a provider for them: a copy of what is known, or that it is forgotten. And how what was forgotten is
-- known again when a source brings it once more, without keeping it.

-- The key of the tenant's hashes, encrypted as secrets are; made with the first erasure. Without it the hashes below tell nothing,
-- however few phone numbers there are.
CREATE TABLE erasure_keys (
    tenant_id  text NOT NULL REFERENCES tenants (id),
    ciphertext bytea NOT NULL,
    key_id     bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id)
);
CALL isolate_by_tenant('erasure_keys', 'SELECT, INSERT');

-- HMAC-SHA256 of a record's key at its source, or of a value that the person was known by.
CREATE TABLE erased_identities (
    tenant_id text NOT NULL REFERENCES tenants (id),
    hash      bytea NOT NULL CHECK (length(hash) = 32),
    -- What a source made until then is of whom was erased.
    erased_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hash)
);
CALL isolate_by_tenant('erased_identities', 'SELECT, INSERT, UPDATE');

CREATE TABLE privacy_requests (
    tenant_id         text NOT NULL REFERENCES tenants (id),
    id                uuid NOT NULL,
    -- export: a copy of what is known of a customer. erase_customer: of one person, everything or what one account told.
    -- erase_account: everything that a shop told.
    kind              text NOT NULL CHECK (kind IN ('export', 'erase_customer', 'erase_account')),
    -- waiting: nothing is done yet. searching: the rows are erased, and bodies of deliveries are looked through. done.
    status            text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'searching', 'done')),
    -- Whose provider asked; null where somebody here did.
    connection_id     uuid,
    -- The provider's own id of the request: it may ask again and again.
    request_id        text CHECK (length(request_id) BETWEEN 1 AND 200),
    customer_id       uuid,
    actor             text NOT NULL,
    requested_at      timestamptz NOT NULL DEFAULT now(),
    due_at            timestamptz NOT NULL,
    -- What the provider named, and then what bodies are searched for: encrypted, and gone when it is done.
    subject           bytea,
    key_id            bigint,
    next_at           timestamptz NOT NULL DEFAULT now(),
    claimed_until     timestamptz,
    records_deleted   bigint NOT NULL DEFAULT 0,
    -- Orders, payments and enrollments stay for the books, without the person.
    records_stripped  bigint NOT NULL DEFAULT 0,
    bodies_deleted    bigint NOT NULL DEFAULT 0,
    erased_at         timestamptz,
    -- How far the bodies are looked through, the newest first.
    searched_until    timestamptz,
    searched_id       uuid,
    -- Whether something that was not applied yet was passed by: then all is looked through once more.
    has_waiting       boolean NOT NULL DEFAULT false,
    finished_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CHECK ((subject IS NULL) = (key_id IS NULL)),
    CHECK ((status = 'done') = (finished_at IS NOT NULL)),
    CHECK (status <> 'done' OR subject IS NULL)
);
CREATE UNIQUE INDEX privacy_requests_request
    ON privacy_requests (tenant_id, connection_id, kind, request_id) WHERE request_id IS NOT NULL;
CREATE INDEX privacy_requests_newest ON privacy_requests (tenant_id, requested_at DESC, id DESC);
CREATE INDEX privacy_requests_due ON privacy_requests (tenant_id, next_at) WHERE status <> 'done' AND kind <> 'export';
CREATE INDEX privacy_requests_customer ON privacy_requests (tenant_id, customer_id) WHERE customer_id IS NOT NULL;
CALL isolate_by_tenant('privacy_requests', 'SELECT, INSERT, UPDATE');

-- Whose requests wait. The application sees one tenant at a time; this names them and nothing else.
CREATE FUNCTION tenants_with_due_privacy_requests() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id FROM public.tenants t
    WHERE EXISTS (
        SELECT FROM public.privacy_requests r
        WHERE r.tenant_id = t.id AND r.status <> 'done' AND r.kind <> 'export' AND r.next_at <= now()
          AND (r.claimed_until IS NULL OR r.claimed_until <= now()))
    ORDER BY t.id
    LIMIT 1000
$$;
REVOKE ALL ON FUNCTION tenants_with_due_privacy_requests FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_due_privacy_requests TO customergraph_app;

-- A decision that was withdrawn stays so; what it rested on, which quotes a person's values, can be forgotten.
DROP TRIGGER match_decisions_withdrawn_once ON match_decisions;
CREATE TRIGGER match_decisions_withdrawn_once BEFORE UPDATE ON match_decisions
    FOR EACH ROW
    WHEN (OLD.withdrawn_at IS NOT NULL
          AND (OLD.withdrawn_at, OLD.withdrawn_by, OLD.withdrawn_reason)
              IS DISTINCT FROM (NEW.withdrawn_at, NEW.withdrawn_by, NEW.withdrawn_reason))
    EXECUTE FUNCTION keep_decisions();

-- Forgets evidence and reasons of decisions about customers and about records. The application may not change the ledger
-- otherwise, and neither here another tenant's.
CREATE FUNCTION forget_match_evidence(customers uuid[], records uuid[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH forgotten AS (
        UPDATE public.match_decisions d
        SET evidence = '{}', reason = NULL
        WHERE d.tenant_id = current_setting('customergraph.tenant', true)
          AND (d.customer_id = ANY (customers) OR d.other_customer_id = ANY (customers) OR d.record_id = ANY (records))
          AND (d.evidence <> '{}' OR d.reason IS NOT NULL)
        RETURNING 1)
    SELECT count(*) FROM forgotten
$$;
REVOKE ALL ON FUNCTION forget_match_evidence FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_match_evidence TO customergraph_app;

-- What a source deleted is known by its hash once its person is erased.
GRANT DELETE ON record_tombstones TO customergraph_app;

-- A body is looked through for whom is to be forgotten.
ALTER TABLE webhook_access_logs DROP CONSTRAINT webhook_access_logs_purpose_check;
ALTER TABLE webhook_access_logs ADD CONSTRAINT webhook_access_logs_purpose_check
    CHECK (purpose IN ('process', 'read', 'replay', 'delete', 'erase'));
