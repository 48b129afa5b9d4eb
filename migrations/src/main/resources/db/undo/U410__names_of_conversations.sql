ALTER TABLE omni_conversations DROP COLUMN named_at;
