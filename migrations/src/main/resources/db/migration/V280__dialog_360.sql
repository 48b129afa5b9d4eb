-- The company's accounts under the platform's 360dialog partnership, and their numbers. A company is a tenant.
CREATE TABLE dialog_360_clients (
    tenant_id     text NOT NULL REFERENCES tenants (id),
    id            uuid NOT NULL,
    -- The hub's id of it.
    client_id     text NOT NULL CHECK (length(client_id) BETWEEN 1 AND 64),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    status        text NOT NULL CHECK (status IN ('pending', 'active', 'suspended', 'closed')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
-- One company each: who registers another's learns only that it is taken.
CREATE UNIQUE INDEX dialog_360_clients_client_id ON dialog_360_clients (client_id);
CREATE INDEX dialog_360_clients_newest ON dialog_360_clients (tenant_id, created_at DESC, id DESC);
CREATE INDEX dialog_360_clients_status ON dialog_360_clients (tenant_id, status);
CALL isolate_by_tenant('dialog_360_clients', 'SELECT, INSERT, UPDATE');

CREATE TABLE dialog_360_channels (
    tenant_id       text NOT NULL,
    id              uuid NOT NULL,
    dialog_360_client_id uuid NOT NULL,
    -- The hub's id of it.
    channel_id      text NOT NULL CHECK (length(channel_id) BETWEEN 1 AND 64),
    -- The account whose deliveries are its messages and whose secret is its API key.
    connection_id   uuid,
    phone_number    text CHECK (phone_number ~ '^\+[0-9]{5,20}$'),
    waba_id         text CHECK (length(waba_id) <= 64),
    display_name    text CHECK (length(display_name) <= 200),
    status          text NOT NULL CHECK (status IN ('created', 'submitted', 'ready', 'running', 'live',
                        'cancellation_requested', 'cancelled')),
    quality_rating  text NOT NULL DEFAULT 'unknown' CHECK (quality_rating IN ('green', 'yellow', 'red', 'unknown')),
    messaging_limit text CHECK (messaging_limit IN ('tier_50', 'tier_250', 'tier_1k', 'tier_10k', 'tier_100k',
                        'tier_unlimited')),
    -- The provider's time of what is known of each; what it sent before that does not overwrite it.
    status_at       timestamptz,
    quality_at      timestamptz,
    limit_at        timestamptz,
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, dialog_360_client_id) REFERENCES dialog_360_clients (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id)
);
CREATE UNIQUE INDEX dialog_360_channels_channel_id ON dialog_360_channels (channel_id);
CREATE INDEX dialog_360_channels_client
    ON dialog_360_channels (tenant_id, dialog_360_client_id, created_at DESC, id DESC);
CREATE INDEX dialog_360_channels_phone ON dialog_360_channels (tenant_id, phone_number);
CREATE INDEX dialog_360_channels_status ON dialog_360_channels (tenant_id, status);
CALL isolate_by_tenant('dialog_360_channels', 'SELECT, INSERT, UPDATE');
