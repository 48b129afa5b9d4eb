DROP FUNCTION tenants_with_due_candidates;
DROP TABLE match_candidates;
CREATE OR REPLACE FUNCTION add_default_identifier_policies() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO identifier_policies (tenant_id, kind, priority, max_people, window_days)
    VALUES (NEW.id, 'shopify_customer_id', 10, 1000, 36500),
           (NEW.id, 'whatsapp_user_id', 20, 1000, 36500),
           (NEW.id, 'external_id', 30, 1000, 36500),
           (NEW.id, 'email', 40, 10, 365),
           (NEW.id, 'phone', 50, 10, 365);
    RETURN NULL;
END
$$;
COMMENT ON COLUMN customer_identifiers.is_generic IS NULL;
DROP INDEX customer_identifiers_generic;
CREATE UNIQUE INDEX customer_identifiers_generic
    ON customer_identifiers (tenant_id, kind, scope, value, customer_id) WHERE valid_to IS NULL AND is_generic;
ALTER TABLE customer_identifiers DROP COLUMN names_seen;
ALTER TABLE identifier_policies DROP COLUMN one_per_account;
