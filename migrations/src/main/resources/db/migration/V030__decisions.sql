-- The ledger of who is whom. Append-only: a decision is withdrawn, never changed or deleted. Which record belongs to which
-- customer is a function of the records and the decisions that stand.
CREATE TABLE match_decisions (
    tenant_id         text NOT NULL REFERENCES tenants (id),
    id                uuid NOT NULL,
    -- link: record belongs to customer. merge: other customer is customer. split: other customer was taken out of customer.
    -- ban: record or other customer is not customer.
    kind              text NOT NULL CHECK (kind IN ('link', 'merge', 'split', 'ban')),
    customer_id       uuid NOT NULL,
    other_customer_id uuid,
    record_type       text,
    record_id         uuid,
    -- What decided: a rule ('email', 'phone', 'new person', 'steward' …), or a model and its version.
    rule              text NOT NULL,
    model_version     text,
    actor             text NOT NULL,
    reason            text,
    evidence          jsonb NOT NULL DEFAULT '{}',
    decided_at        timestamptz NOT NULL DEFAULT now(),
    withdrawn_at      timestamptz,
    withdrawn_by      text,
    withdrawn_reason  text,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    FOREIGN KEY (tenant_id, other_customer_id) REFERENCES customers (tenant_id, id),
    CHECK ((record_id IS NULL) = (record_type IS NULL)),
    CHECK ((record_id IS NULL) <> (other_customer_id IS NULL)),
    CHECK (kind <> 'link' OR record_id IS NOT NULL),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE UNIQUE INDEX match_decisions_link
    ON match_decisions (tenant_id, record_id) WHERE kind = 'link' AND withdrawn_at IS NULL;
CREATE INDEX match_decisions_record ON match_decisions (tenant_id, record_id, decided_at) WHERE kind = 'ban';
CREATE INDEX match_decisions_customer ON match_decisions (tenant_id, customer_id, decided_at, id);
CREATE INDEX match_decisions_other
    ON match_decisions (tenant_id, other_customer_id, decided_at, id) WHERE other_customer_id IS NOT NULL;
CALL isolate_by_tenant('match_decisions', 'SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by, withdrawn_reason)');

CREATE FUNCTION keep_decisions() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'decision % was withdrawn already and stays so', OLD.id USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER match_decisions_withdrawn_once BEFORE UPDATE ON match_decisions
    FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL) EXECUTE FUNCTION keep_decisions();

-- The outbox. Written in the transaction of the change, read in the order (transaction_id, sequence), and only below the
-- oldest transaction still running: so a reader that resumes never passes over an event that was committed late.
CREATE TABLE change_events (
    tenant_id         text NOT NULL REFERENCES tenants (id),
    sequence          bigint GENERATED ALWAYS AS IDENTITY,
    transaction_id    xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind              text NOT NULL CHECK (kind IN ('customer_created', 'customer_changed', 'customer_merged',
                          'customer_split', 'identifier_moved', 'identifier_generic', 'customer_erased')),
    customer_id       uuid NOT NULL,
    other_customer_id uuid,
    detail            jsonb NOT NULL DEFAULT '{}',
    occurred_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, sequence)
);
CREATE INDEX change_events_order ON change_events (tenant_id, transaction_id, sequence);
CALL isolate_by_tenant('change_events', 'SELECT, INSERT');
