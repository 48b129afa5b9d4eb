DROP TABLE enrollments;
DROP TABLE transactions;
