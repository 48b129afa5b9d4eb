CREATE TABLE transactions (
    tenant_id            text NOT NULL REFERENCES tenants (id),
    id                   uuid NOT NULL,
    source_type          source_type NOT NULL,
    source_account       text NOT NULL,
    -- The provider's reference of the payment.
    external_id          text NOT NULL,
    customer_id          uuid,
    customer_external_id text,
    customer_name        text,
    customer_email       text,
    customer_phone       text,
    status               text NOT NULL CHECK (status IN ('pending', 'authorised', 'paid', 'partly_refunded', 'refunded',
                             'failed', 'voided')),
    amount               numeric(19,4) NOT NULL,
    refunded_amount      numeric(19,4) NOT NULL DEFAULT 0,
    currency             currency_code NOT NULL,
    payment_method       text,
    description          text,
    -- Shopify's id of the order that this pays, where it pays one: such a payment is not counted beside its order.
    shopify_order_id     bigint,
    paid_at              timestamptz,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    content_hash         bytea NOT NULL,
    ingested_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE UNIQUE INDEX transactions_external_id ON transactions (tenant_id, source_type, source_account, external_id);
CREATE INDEX transactions_customer ON transactions (tenant_id, customer_id, created_at, id);
CREATE INDEX transactions_shopify_order ON transactions (tenant_id, shopify_order_id) WHERE shopify_order_id IS NOT NULL;
CALL isolate_by_tenant('transactions', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE enrollments (
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
    program              text NOT NULL,
    status               text NOT NULL CHECK (status IN ('pending', 'active', 'completed', 'cancelled')),
    price                numeric(19,4),
    currency             currency_code,
    enrolled_at          timestamptz NOT NULL,
    completed_at         timestamptz,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    content_hash         bytea NOT NULL,
    ingested_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CHECK (price IS NULL OR currency IS NOT NULL)
);
CREATE UNIQUE INDEX enrollments_external_id ON enrollments (tenant_id, source_type, source_account, external_id);
CREATE INDEX enrollments_customer ON enrollments (tenant_id, customer_id, enrolled_at, id);
CALL isolate_by_tenant('enrollments', 'SELECT, INSERT, UPDATE, DELETE');
