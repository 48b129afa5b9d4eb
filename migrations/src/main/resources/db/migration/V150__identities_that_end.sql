-- What a person is known by can end: numbers are given to others, ids rotate, sources merge their customers.
ALTER TABLE match_candidates DROP CONSTRAINT match_candidates_reason_check;
ALTER TABLE match_candidates ADD CONSTRAINT match_candidates_reason_check CHECK (reason IN (
    'conflict', 'margin', 'hub', 'below_automatic', 'same_mailbox', 'drift', 'source_merge'));
COMMENT ON COLUMN match_candidates.reason IS
    'conflict: identifiers of one record know both. margin: they share a phone and their names contradict. hub: a value that both
     rested on turned generic. below_automatic: a run found them alike. same_mailbox: their e-mails reach one mailbox. drift: a
     record of one of them now names the other. source_merge: the source says that they are one.';

-- A number that nobody was seen with for so long, and that a channel then proves to be of another name, was given to somebody else.
ALTER TABLE identifier_policies ADD COLUMN recycled_after_days integer NOT NULL DEFAULT 0
    CHECK (recycled_after_days BETWEEN 0 AND 36500);
COMMENT ON COLUMN identifier_policies.recycled_after_days IS
    'Days without its owner after which a value that is proved to be of another name is taken for given to somebody else; 0: never.';
UPDATE identifier_policies SET recycled_after_days = 365 WHERE kind = 'phone';

CREATE OR REPLACE FUNCTION add_default_identifier_policies() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO identifier_policies (
        tenant_id, kind, priority, max_people, window_days, one_per_account, recycled_after_days)
    VALUES (NEW.id, 'shopify_customer_id', 10, 1000, 36500, true, 0),
           (NEW.id, 'whatsapp_user_id', 20, 1000, 36500, false, 0),
           (NEW.id, 'external_id', 30, 1000, 36500, false, 0),
           (NEW.id, 'email', 40, 10, 365, false, 0),
           (NEW.id, 'phone', 50, 10, 365, false, 365);
    RETURN NULL;
END
$$;
-- Whom a value named at a time before it turned generic.
ALTER TABLE customer_identifiers ADD COLUMN generic_since timestamptz;
COMMENT ON COLUMN customer_identifiers.generic_since IS
    'Since when a value that identified the customer identifies nobody; null where it identifies, or never did.';
COMMENT ON COLUMN customer_identifiers.people_seen IS
    'The people seen with the value within the window: name key, empty for nobody named -> when last seen (epoch seconds), to the
     month. Bounded by the policy''s limit.';
