-- The refunds of a payment, the newest first, from any place on.
DROP INDEX transaction_refunds_payment;
CREATE INDEX transaction_refunds_payment
    ON transaction_refunds (tenant_id, source_type, source_account, payment_external_id, created_at, id);
