-- Secrets of connections, each encrypted by the application for its tenant, connection and field alone: a row that is
-- copied to another of them does not decrypt. The keys are not in the database.
CREATE TABLE integration_secrets (
    tenant_id     text NOT NULL,
    id            uuid NOT NULL,
    connection_id uuid NOT NULL,
    -- The field of the provider's form, or 'webhook_secret', 'access_token', 'refresh_token' …
    field         text NOT NULL CHECK (field ~ '^[a-z][a-z0-9_]{0,39}$'),
    ciphertext    bytea NOT NULL CHECK (length(ciphertext) > 5),
    -- The key that encrypted it, as it stands in the ciphertext's second to fifth byte.
    key_id        bigint NOT NULL,
    -- For people to tell one from another; of a secret too short for that there is none.
    last_four     text CHECK (length(last_four) = 4),
    -- Of a secret that was replaced: how long it is still good beside the new one.
    valid_until   timestamptz,
    -- When the provider ends it, as it does with tokens.
    expires_at    timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES integration_connections (tenant_id, id)
);
CREATE UNIQUE INDEX integration_secrets_current ON integration_secrets (tenant_id, connection_id, field)
    WHERE valid_until IS NULL;
CREATE INDEX integration_secrets_connection ON integration_secrets (tenant_id, connection_id, field, created_at DESC);
CREATE INDEX integration_secrets_key ON integration_secrets (key_id, tenant_id, id);
CREATE INDEX integration_secrets_expiry ON integration_secrets (tenant_id, expires_at)
    WHERE valid_until IS NULL AND expires_at IS NOT NULL;
CALL isolate_by_tenant('integration_secrets', 'SELECT, INSERT, UPDATE, DELETE');
