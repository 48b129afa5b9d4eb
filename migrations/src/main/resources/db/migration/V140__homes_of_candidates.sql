-- A source that verified a person's e-mail is believed about the name as well.
CREATE OR REPLACE VIEW record_people WITH (security_invoker = true) AS
    SELECT tenant_id, 'shopify_customer' AS record_type, id AS record_id, customer_id, 'shopify' AS source_type,
           source_account, shopify_customer_id::text AS person_external_id, first_name, last_name, NULL AS full_name,
           email, phone, updated_at, verified_email AS is_verified
    FROM shopify_customers
    UNION ALL
    SELECT tenant_id, 'shopify_order', id, customer_id, 'shopify', source_account, shopify_customer_id::text, NULL, NULL,
           customer_name, email, phone, updated_at, false
    FROM shopify_orders
    UNION ALL
    SELECT tenant_id, 'support_ticket', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at, false
    FROM support_tickets
    UNION ALL
    SELECT tenant_id, 'appointment', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at, false
    FROM appointments
    UNION ALL
    SELECT tenant_id, 'prospect', id, customer_id, source_type, source_account, external_id, first_name, last_name, NULL,
           email, phone, updated_at, false
    FROM prospects
    UNION ALL
    SELECT tenant_id, 'omni_conversation', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at, false
    FROM omni_conversations
    UNION ALL
    SELECT tenant_id, 'transaction', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at, false
    FROM transactions
    UNION ALL
    SELECT tenant_id, 'enrollment', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at, false
    FROM enrollments;

-- A candidate follows its customers when they are merged, and goes back when a merge is taken back: the pair as it was found.
ALTER TABLE match_candidates ADD COLUMN home_id uuid, ADD COLUMN other_home_id uuid;
COMMENT ON COLUMN match_candidates.home_id IS 'One of the two as it was found; null where that is customer_id.';
ALTER TABLE match_candidates ADD FOREIGN KEY (tenant_id, home_id) REFERENCES customers (tenant_id, id);
ALTER TABLE match_candidates ADD FOREIGN KEY (tenant_id, other_home_id) REFERENCES customers (tenant_id, id);
ALTER TABLE match_candidates ADD CHECK ((home_id IS NULL) = (other_home_id IS NULL));
CREATE INDEX match_candidates_home ON match_candidates (tenant_id, home_id) WHERE home_id IS NOT NULL;
CREATE INDEX match_candidates_other_home ON match_candidates (tenant_id, other_home_id) WHERE home_id IS NOT NULL;
