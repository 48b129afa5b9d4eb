-- The triggers go with their functions.
DROP FUNCTION sum_customer_value CASCADE;
DROP FUNCTION count_customer_activity CASCADE;
DROP FUNCTION payment_value;
DROP FUNCTION order_value;
