DROP FUNCTION tenants_with_due_reconciliations();
DROP FUNCTION record_checksum(text, bytea, integer);
DROP TABLE reconciliation_records;
DROP TABLE reconciliation_differences;
DROP TABLE reconciliation_entities;
DROP TABLE reconciliations;
