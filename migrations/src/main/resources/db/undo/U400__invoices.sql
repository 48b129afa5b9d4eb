-- The triggers count each payment by itself again.
UPDATE transactions SET invoice_id = NULL WHERE invoice_id IS NOT NULL;

CREATE OR REPLACE TRIGGER sum_customer_value_insert AFTER INSERT ON transactions
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT
    EXECUTE FUNCTION sum_customer_value('payment_value(status, shopify_order_id, amount, refunded_amount)');
CREATE OR REPLACE TRIGGER sum_customer_value_delete AFTER DELETE ON transactions
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT
    EXECUTE FUNCTION sum_customer_value('payment_value(status, shopify_order_id, amount, refunded_amount)');
CREATE OR REPLACE TRIGGER sum_customer_value_update AFTER UPDATE ON transactions
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
    EXECUTE FUNCTION sum_customer_value('payment_value(status, shopify_order_id, amount, refunded_amount)');

ALTER TABLE transactions DROP COLUMN invoice_id, DROP COLUMN is_invoice;
