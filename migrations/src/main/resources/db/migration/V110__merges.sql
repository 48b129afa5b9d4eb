-- Merging that can be undone. Everything has a home: the customer whose it would be without any merge. A decision about a
-- record names the home; the record and the identifier name the customer that the home became. To undo a merge, its decision
-- is withdrawn and what has its home on the other side goes back.
ALTER TABLE customer_identifiers ADD COLUMN home_id uuid;
COMMENT ON COLUMN customer_identifiers.home_id IS 'The customer that the value came to; null where that is customer_id.';
ALTER TABLE customer_identifiers ADD FOREIGN KEY (tenant_id, home_id) REFERENCES customers (tenant_id, id);
CREATE INDEX customer_identifiers_home ON customer_identifiers (tenant_id, home_id) WHERE home_id IS NOT NULL;

-- What people entered by hand, at home: the profile that is shown may be worked out from several homes.
CREATE TABLE customer_entries (
    tenant_id   text NOT NULL,
    customer_id uuid NOT NULL,
    field       text NOT NULL,
    value       text NOT NULL,
    entered_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, customer_id, field),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE CASCADE
);
CALL isolate_by_tenant('customer_entries', 'SELECT, INSERT, UPDATE, DELETE');
INSERT INTO customer_entries (tenant_id, customer_id, field, value, entered_at)
SELECT tenant_id, customer_id, field, value, observed_at
FROM customer_field_values
WHERE source_type = 'manual';

-- A merge is withdrawn by the customer that it absorbed.
CREATE UNIQUE INDEX match_decisions_merge
    ON match_decisions (tenant_id, other_customer_id) WHERE kind = 'merge' AND withdrawn_at IS NULL;
CREATE INDEX match_decisions_home
    ON match_decisions (tenant_id, customer_id, record_type) WHERE kind = 'link' AND withdrawn_at IS NULL;
