-- One person has one customer id in a shop; in a helpdesk or a CRM one person may have several contacts.
ALTER TABLE identifier_policies ADD COLUMN one_per_account boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN identifier_policies.one_per_account IS
    'A person has at most one value of the kind in one scope: two of them are two people.';
UPDATE identifier_policies SET one_per_account = true WHERE kind = 'shopify_customer_id';

CREATE OR REPLACE FUNCTION add_default_identifier_policies() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO identifier_policies (tenant_id, kind, priority, max_people, window_days, one_per_account)
    VALUES (NEW.id, 'shopify_customer_id', 10, 1000, 36500, true),
           (NEW.id, 'whatsapp_user_id', 20, 1000, 36500, false),
           (NEW.id, 'external_id', 30, 1000, 36500, false),
           (NEW.id, 'email', 40, 10, 365, false),
           (NEW.id, 'phone', 50, 10, 365, false);
    RETURN NULL;
END
$$;

-- A family's phone is told apart by name: the names, [given, family], that came with the value to the customer at home.
ALTER TABLE customer_identifiers ADD COLUMN names_seen jsonb NOT NULL DEFAULT '[]';
DROP INDEX customer_identifiers_generic;
CREATE UNIQUE INDEX customer_identifiers_generic
    ON customer_identifiers (tenant_id, kind, scope, value, coalesce(home_id, customer_id))
    WHERE valid_to IS NULL AND is_generic;
COMMENT ON COLUMN customer_identifiers.is_generic IS
    'Others share the value, so that alone it does not identify the customer: either nobody owns it, since too many people
     were seen with it, or its owner has another name.';

-- Pairs of living customers that may be one person: the queue of what is to be scored, and then of what a person is to decide.
CREATE TABLE match_candidates (
    tenant_id         text NOT NULL,
    id                uuid NOT NULL,
    -- The two, the lesser id first. They follow the living as customers merge.
    customer_id       uuid NOT NULL,
    other_customer_id uuid NOT NULL,
    -- conflict: identifiers of one record know both. margin: they share a phone and their names contradict.
    -- hub: a value that both rested on turned generic. below_automatic: a run found them alike.
    reason            text NOT NULL CHECK (reason IN ('conflict', 'margin', 'hub', 'below_automatic')),
    status            text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'merged', 'rejected', 'closed')),
    -- Kinds of identifiers by which a record names both; by claimed ones too, but these merge nobody.
    shared_kinds      text[] NOT NULL DEFAULT '{}',
    claimed_kinds     text[] NOT NULL DEFAULT '{}',
    probability       double precision CHECK (probability BETWEEN 0 AND 1),
    decided_by        text,
    model_version     text,
    -- Records that are expected to come to their customer when the pair is decided: probability times those of the smaller side.
    expected_value    double precision NOT NULL DEFAULT 0,
    found_at          timestamptz NOT NULL DEFAULT now(),
    -- Since when it waits to be scored, for the first time or again; null while the score stands.
    due_at            timestamptz DEFAULT now(),
    scored_at         timestamptz,
    closed_at         timestamptz,
    closed_by         text,
    closed_reason     text,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    FOREIGN KEY (tenant_id, other_customer_id) REFERENCES customers (tenant_id, id),
    CHECK (customer_id < other_customer_id),
    CHECK ((status = 'open') = (closed_at IS NULL))
);
CREATE UNIQUE INDEX match_candidates_pair
    ON match_candidates (tenant_id, customer_id, other_customer_id);
CREATE INDEX match_candidates_other ON match_candidates (tenant_id, other_customer_id, customer_id);
CREATE INDEX match_candidates_order ON match_candidates (tenant_id, status, expected_value DESC, id DESC);
CREATE INDEX match_candidates_due ON match_candidates (tenant_id, due_at) WHERE status = 'open' AND due_at IS NOT NULL;
CALL isolate_by_tenant('match_candidates', 'SELECT, INSERT, UPDATE');

-- Whose queues wait. The application sees one tenant at a time; this names them and nothing else.
CREATE FUNCTION tenants_with_due_candidates() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
    SELECT t.id FROM public.tenants t
    WHERE EXISTS (
        SELECT FROM public.match_candidates c
        WHERE c.tenant_id = t.id AND c.status = 'open' AND c.due_at <= now())
    ORDER BY t.id
    LIMIT 1000
$$;
REVOKE ALL ON FUNCTION tenants_with_due_candidates FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_due_candidates TO customergraph_app;
