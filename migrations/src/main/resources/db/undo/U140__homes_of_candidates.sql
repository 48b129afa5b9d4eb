ALTER TABLE match_candidates DROP COLUMN home_id, DROP COLUMN other_home_id;
DROP VIEW record_people;
CREATE VIEW record_people WITH (security_invoker = true) AS
    SELECT tenant_id, 'shopify_customer' AS record_type, id AS record_id, customer_id, 'shopify' AS source_type,
           source_account, shopify_customer_id::text AS person_external_id, first_name, last_name, NULL AS full_name,
           email, phone, updated_at
    FROM shopify_customers
    UNION ALL
    SELECT tenant_id, 'shopify_order', id, customer_id, 'shopify', source_account, shopify_customer_id::text, NULL, NULL,
           customer_name, email, phone, updated_at
    FROM shopify_orders
    UNION ALL
    SELECT tenant_id, 'support_ticket', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at
    FROM support_tickets
    UNION ALL
    SELECT tenant_id, 'appointment', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at
    FROM appointments
    UNION ALL
    SELECT tenant_id, 'prospect', id, customer_id, source_type, source_account, external_id, first_name, last_name, NULL,
           email, phone, updated_at
    FROM prospects
    UNION ALL
    SELECT tenant_id, 'omni_conversation', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at
    FROM omni_conversations
    UNION ALL
    SELECT tenant_id, 'transaction', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at
    FROM transactions
    UNION ALL
    SELECT tenant_id, 'enrollment', id, customer_id, source_type, source_account, customer_external_id, NULL, NULL,
           customer_name, customer_email, customer_phone, updated_at
    FROM enrollments;
GRANT SELECT ON record_people TO customergraph_app;
