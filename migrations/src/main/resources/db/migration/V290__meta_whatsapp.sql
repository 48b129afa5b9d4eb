-- The company's WhatsApp business accounts under the platform's place as a Tech Provider of Meta, and their numbers. The
-- access token of an account is a secret of its connection.
CREATE TABLE meta_whatsapp_clients (
    tenant_id     text NOT NULL REFERENCES tenants (id),
    id            uuid NOT NULL,
    connection_id uuid NOT NULL,
    waba_id       text NOT NULL CHECK (waba_id ~ '^[0-9]{5,20}$'),
    -- The portfolio, within which a person has one business-scoped user id.
    business_id   text CHECK (business_id ~ '^[0-9]{5,20}$'),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    status        text NOT NULL CHECK (status IN ('pending', 'active', 'restricted', 'disabled')),
    review_status text NOT NULL DEFAULT 'pending' CHECK (review_status IN ('pending', 'approved', 'rejected', 'deferred')),
    -- Whether the platform's app receives its webhooks.
    is_subscribed boolean NOT NULL DEFAULT false,
    status_at     timestamptz,
    review_at     timestamptz,
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id)
);
CREATE UNIQUE INDEX meta_whatsapp_clients_waba_id ON meta_whatsapp_clients (waba_id);
CREATE INDEX meta_whatsapp_clients_newest ON meta_whatsapp_clients (tenant_id, created_at DESC, id DESC);
CREATE INDEX meta_whatsapp_clients_status ON meta_whatsapp_clients (tenant_id, status);
CALL isolate_by_tenant('meta_whatsapp_clients', 'SELECT, INSERT, UPDATE');

CREATE TABLE meta_whatsapp_phone_numbers (
    tenant_id               text NOT NULL,
    id                      uuid NOT NULL,
    meta_whatsapp_client_id uuid NOT NULL,
    phone_number_id         text NOT NULL CHECK (phone_number_id ~ '^[0-9]{5,20}$'),
    phone_number            text NOT NULL CHECK (phone_number ~ '^\+[0-9]{5,20}$'),
    verified_name           text CHECK (length(verified_name) <= 200),
    name_status             text NOT NULL DEFAULT 'unknown'
        CHECK (name_status IN ('pending', 'approved', 'declined', 'unknown')),
    -- unverified: a code is to be asked for. connected: registered, messages go. flagged: its quality is low.
    status                  text NOT NULL
        CHECK (status IN ('unverified', 'code_requested', 'verified', 'connected', 'flagged', 'disconnected')),
    quality_rating          text NOT NULL DEFAULT 'unknown' CHECK (quality_rating IN ('green', 'yellow', 'red', 'unknown')),
    messaging_limit         text CHECK (messaging_limit IN ('tier_50', 'tier_250', 'tier_1k', 'tier_10k', 'tier_100k',
                                'tier_unlimited')),
    status_at               timestamptz,
    quality_at              timestamptz,
    limit_at                timestamptz,
    name_at                 timestamptz,
    version                 bigint NOT NULL DEFAULT 1,
    created_at              timestamptz NOT NULL DEFAULT now(),
    updated_at              timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, meta_whatsapp_client_id) REFERENCES meta_whatsapp_clients (tenant_id, id)
);
CREATE UNIQUE INDEX meta_whatsapp_phone_numbers_id ON meta_whatsapp_phone_numbers (phone_number_id);
CREATE INDEX meta_whatsapp_phone_numbers_client
    ON meta_whatsapp_phone_numbers (tenant_id, meta_whatsapp_client_id, created_at DESC, id DESC);
CREATE INDEX meta_whatsapp_phone_numbers_phone ON meta_whatsapp_phone_numbers (tenant_id, phone_number);
CREATE INDEX meta_whatsapp_phone_numbers_status ON meta_whatsapp_phone_numbers (tenant_id, status);
CALL isolate_by_tenant('meta_whatsapp_phone_numbers', 'SELECT, INSERT, UPDATE');
