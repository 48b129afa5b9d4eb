-- The version of its conversation that told a message last: an older one does not take it back. None tells of what only a status told.
ALTER TABLE omni_messages ADD COLUMN told_at timestamptz;
UPDATE omni_messages m
SET told_at = c.updated_at
FROM omni_conversations c
WHERE c.tenant_id = m.tenant_id AND c.id = m.conversation_id AND m.content_type <> 'unknown';
