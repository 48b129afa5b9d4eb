DROP INDEX match_decisions_home;
DROP INDEX match_decisions_merge;
DROP TABLE customer_entries;
ALTER TABLE customer_identifiers DROP COLUMN home_id;
