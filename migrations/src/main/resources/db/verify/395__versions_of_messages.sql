SELECT 'message of a version that its conversation never had' AS problem, m.tenant_id, m.id
FROM omni_messages m
JOIN omni_conversations c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
WHERE m.told_at > c.updated_at;
