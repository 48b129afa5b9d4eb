CREATE TABLE omni_conversations (
    tenant_id            text NOT NULL REFERENCES tenants (id),
    id                   uuid NOT NULL,
    source_type          source_type NOT NULL,
    source_account       text NOT NULL,
    external_id          text NOT NULL,
    customer_id          uuid,
    customer_external_id text,
    customer_name        text,
    customer_email       text,
    customer_phone       text,
    channel              text NOT NULL CHECK (channel IN ('whatsapp', 'sms', 'email', 'chat', 'voice', 'instagram', 'messenger')),
    -- The address a reply goes to. It stays with the conversation whoever the customer turns out to be.
    channel_identity     text,
    status               text NOT NULL CHECK (status IN ('open', 'pending', 'closed')),
    subject              text,
    first_message_at     timestamptz NOT NULL,
    last_message_at      timestamptz NOT NULL,
    message_count        integer NOT NULL DEFAULT 0,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    content_hash         bytea NOT NULL,
    ingested_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE UNIQUE INDEX omni_conversations_external_id
    ON omni_conversations (tenant_id, source_type, source_account, external_id);
CREATE INDEX omni_conversations_customer ON omni_conversations (tenant_id, customer_id, last_message_at, id);
CALL isolate_by_tenant('omni_conversations', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE omni_messages (
    tenant_id       text NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    external_id     text NOT NULL,
    direction       text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    content_type    text NOT NULL DEFAULT 'text',
    body            text,
    status          text CHECK (status IN ('received', 'sent', 'delivered', 'read', 'failed')),
    sent_at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES omni_conversations (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX omni_messages_external_id ON omni_messages (tenant_id, conversation_id, external_id);
CREATE INDEX omni_messages_conversation ON omni_messages (tenant_id, conversation_id, sent_at, id);
CALL isolate_by_tenant('omni_messages', 'SELECT, INSERT, UPDATE, DELETE');
