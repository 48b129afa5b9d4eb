SELECT 'conversation named by a version that it never had' AS problem, tenant_id, id
FROM omni_conversations
WHERE named_at > updated_at;
