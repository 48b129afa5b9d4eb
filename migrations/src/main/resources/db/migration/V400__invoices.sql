-- An invoice and the payment that settled it are one sum of money, told twice where a provider tells of both. Either may come first.
ALTER TABLE transactions
    -- An invoice is `also_known_as` the payment that settled it.
    ADD COLUMN is_invoice boolean NOT NULL DEFAULT false,
    -- The invoice that a payment settled, where that is known here.
    ADD COLUMN invoice_id uuid,
    ADD FOREIGN KEY (tenant_id, invoice_id) REFERENCES transactions (tenant_id, id) ON DELETE SET NULL (invoice_id),
    ADD CHECK (invoice_id IS NULL OR NOT is_invoice);
CREATE INDEX transactions_invoice ON transactions (tenant_id, invoice_id) WHERE invoice_id IS NOT NULL;

-- A payment of an invoice is in the invoice already.
CREATE OR REPLACE TRIGGER sum_customer_value_insert AFTER INSERT ON transactions
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT
    EXECUTE FUNCTION sum_customer_value(
        'CASE WHEN invoice_id IS NULL THEN payment_value(status, shopify_order_id, amount, refunded_amount) ELSE 0 END');
CREATE OR REPLACE TRIGGER sum_customer_value_delete AFTER DELETE ON transactions
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT
    EXECUTE FUNCTION sum_customer_value(
        'CASE WHEN invoice_id IS NULL THEN payment_value(status, shopify_order_id, amount, refunded_amount) ELSE 0 END');
CREATE OR REPLACE TRIGGER sum_customer_value_update AFTER UPDATE ON transactions
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
    EXECUTE FUNCTION sum_customer_value(
        'CASE WHEN invoice_id IS NULL THEN payment_value(status, shopify_order_id, amount, refunded_amount) ELSE 0 END');
