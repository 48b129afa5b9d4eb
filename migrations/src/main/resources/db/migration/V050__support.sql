-- Unique on the source account too: ticket 42 of two helpdesk accounts is two tickets. External ids are raw.
CREATE TABLE support_tickets (
    tenant_id            text NOT NULL REFERENCES tenants (id),
    id                   uuid NOT NULL,
    source_type          source_type NOT NULL,
    source_account       text NOT NULL,
    external_id          text NOT NULL,
    customer_id          uuid,
    -- The requester as the source knows them.
    customer_external_id text,
    customer_name        text,
    customer_email       text,
    customer_phone       text,
    subject              text,
    description          text,
    status               text NOT NULL CHECK (status IN ('open', 'pending', 'resolved', 'closed')),
    priority             text CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
    channel              text,
    tags                 text[] NOT NULL DEFAULT '{}',
    due_at               timestamptz,
    resolved_at          timestamptz,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    content_hash         bytea NOT NULL,
    ingested_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE UNIQUE INDEX support_tickets_external_id
    ON support_tickets (tenant_id, source_type, source_account, external_id);
CREATE INDEX support_tickets_customer ON support_tickets (tenant_id, customer_id, created_at, id);
CALL isolate_by_tenant('support_tickets', 'SELECT, INSERT, UPDATE, DELETE');
