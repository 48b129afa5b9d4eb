DROP FUNCTION payment_status;
DROP TABLE transaction_refunds;
DROP INDEX transactions_also_known_as;
ALTER TABLE transactions
    DROP COLUMN told_status,
    DROP COLUMN told_refunded,
    DROP COLUMN stage,
    DROP COLUMN also_known_as;
