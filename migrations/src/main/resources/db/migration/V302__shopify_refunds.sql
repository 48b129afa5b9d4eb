-- What a shop gave back, a row per refund. A refund comes by itself and again in every later version of its order.
CREATE TABLE shopify_refunds (
    tenant_id         text NOT NULL REFERENCES tenants (id),
    id                uuid NOT NULL,
    source_account    text NOT NULL,
    shopify_refund_id bigint NOT NULL,
    -- The refund often arrives before its order does, therefore no foreign key.
    shopify_order_id  bigint NOT NULL,
    -- The sum of its transactions that succeeded, and no less than was once known: a transaction may succeed later.
    amount            numeric(19,4) NOT NULL CHECK (amount >= 0),
    -- Null for a refund without money: goods that were only put back into stock.
    currency          currency_code,
    processed_at      timestamptz,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    content_hash      bytea NOT NULL,
    ingested_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CHECK (amount = 0 OR currency IS NOT NULL)
);
CREATE UNIQUE INDEX shopify_refunds_shopify_refund_id ON shopify_refunds (tenant_id, source_account, shopify_refund_id);
CREATE INDEX shopify_refunds_order ON shopify_refunds (tenant_id, source_account, shopify_order_id, created_at, id);
CALL isolate_by_tenant('shopify_refunds', 'SELECT, INSERT, UPDATE, DELETE');
