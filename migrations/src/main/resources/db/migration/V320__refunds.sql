-- Refunds that come as objects of their own, before or after their payments. What a payment has of them is worked out from
-- what the payment itself tells (`told_status`, `told_refunded`) and from the refunds, never added up by events.

ALTER TABLE transactions
    -- What the payment's own newest version says.
    ADD COLUMN told_status   text,
    ADD COLUMN told_refunded numeric(19,4),
    -- How far that version has come, which tells two of one time apart.
    ADD COLUMN stage         smallint NOT NULL DEFAULT 0,
    -- A second id of the provider's, by which refunds may name the payment.
    ADD COLUMN also_known_as text;
UPDATE transactions
SET told_status = status, told_refunded = refunded_amount,
    stage = array_position(ARRAY['pending', 'authorised', 'paid', 'partly_refunded', 'refunded', 'failed', 'voided'],
                           status) - 1;
ALTER TABLE transactions
    ALTER COLUMN told_status SET NOT NULL,
    ALTER COLUMN told_refunded SET NOT NULL,
    ALTER COLUMN told_refunded SET DEFAULT 0,
    ADD CHECK (told_status IN ('pending', 'authorised', 'paid', 'partly_refunded', 'refunded', 'failed', 'voided'));
CREATE INDEX transactions_also_known_as
    ON transactions (tenant_id, source_type, source_account, also_known_as) WHERE also_known_as IS NOT NULL;

CREATE TABLE transaction_refunds (
    tenant_id           text NOT NULL REFERENCES tenants (id),
    id                  uuid NOT NULL,
    source_type         source_type NOT NULL,
    source_account      text NOT NULL,
    external_id         text NOT NULL,
    -- The payment's `external_id` or `also_known_as`; it often comes later, therefore no foreign key.
    payment_external_id text NOT NULL,
    -- Only what is refunded counts.
    status              text NOT NULL CHECK (status IN ('pending', 'refunded', 'failed')),
    amount              numeric(19,4) NOT NULL CHECK (amount >= 0),
    currency            currency_code NOT NULL,
    stage               smallint NOT NULL,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    content_hash        bytea NOT NULL,
    ingested_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX transaction_refunds_external_id
    ON transaction_refunds (tenant_id, source_type, source_account, external_id);
CREATE INDEX transaction_refunds_payment
    ON transaction_refunds (tenant_id, source_type, source_account, payment_external_id);
CALL isolate_by_tenant('transaction_refunds', 'SELECT, INSERT, UPDATE, DELETE');

-- Where a payment stands, by what it tells and what was given back of it. What never was paid cannot be given back.
CREATE FUNCTION payment_status(told text, amount numeric, refunded numeric)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN told NOT IN ('paid', 'partly_refunded', 'refunded') OR refunded = 0 THEN told
        WHEN refunded < amount THEN 'partly_refunded'
        ELSE 'refunded' END
$$;
