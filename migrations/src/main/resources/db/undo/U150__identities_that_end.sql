COMMENT ON COLUMN customer_identifiers.people_seen IS NULL;
ALTER TABLE customer_identifiers DROP COLUMN generic_since;
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
ALTER TABLE identifier_policies DROP COLUMN recycled_after_days;
COMMENT ON COLUMN match_candidates.reason IS NULL;
UPDATE match_candidates SET reason = 'conflict' WHERE reason IN ('same_mailbox', 'drift', 'source_merge');
ALTER TABLE match_candidates DROP CONSTRAINT match_candidates_reason_check;
ALTER TABLE match_candidates ADD CONSTRAINT match_candidates_reason_check
    CHECK (reason IN ('conflict', 'margin', 'hub', 'below_automatic'));
