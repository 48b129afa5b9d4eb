ALTER TABLE omni_messages DROP COLUMN told_at;
