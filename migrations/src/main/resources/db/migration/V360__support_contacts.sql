-- Whom a helpdesk knows, with a ticket or without.
CREATE TABLE support_contacts (
    tenant_id      text NOT NULL REFERENCES tenants (id),
    id             uuid NOT NULL,
    source_type    source_type NOT NULL,
    source_account text NOT NULL,
    -- The requester's id of tickets.
    external_id    text NOT NULL,
    customer_id    uuid,
    name           text,
    email          text,
    other_emails   text[] NOT NULL DEFAULT '{}',
    phone          text,
    mobile         text,
    language       text,
    is_active      boolean NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    content_hash   bytea NOT NULL,
    ingested_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE UNIQUE INDEX support_contacts_external_id ON support_contacts (tenant_id, source_type, source_account, external_id);
CREATE INDEX support_contacts_customer ON support_contacts (tenant_id, customer_id, created_at, id);
CALL isolate_by_tenant('support_contacts', 'SELECT, INSERT, UPDATE, DELETE');
CREATE TRIGGER refuse_deleted_records AFTER INSERT ON support_contacts REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deleted_records('support_contact', 'r.source_type', 'r.external_id');

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
    SELECT tenant_id, 'support_contact', id, customer_id, source_type, source_account, external_id, NULL, NULL, name,
           email, phone, updated_at, false
    FROM support_contacts
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
