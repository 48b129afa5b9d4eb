SELECT 'source record of several rows' AS problem, tenant_id, array_agg(id) AS ids
FROM omni_conversations
GROUP BY tenant_id, source_type, source_account, external_id
HAVING count(*) > 1;

SELECT 'row of a customer that is not there' AS problem, t.tenant_id, t.id
FROM omni_conversations t
WHERE t.customer_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM customers c WHERE c.tenant_id = t.tenant_id AND c.id = t.customer_id);

SELECT 'message without its conversation' AS problem, m.tenant_id, m.id
FROM omni_messages m
WHERE NOT EXISTS (
    SELECT FROM omni_conversations o WHERE o.tenant_id = m.tenant_id AND o.id = m.conversation_id);

SELECT 'message of several rows' AS problem, tenant_id, conversation_id, array_agg(id) AS ids
FROM omni_messages
GROUP BY tenant_id, conversation_id, external_id
HAVING count(*) > 1;

SELECT 'conversation whose count differs from its messages' AS problem, o.tenant_id, o.id
FROM omni_conversations o
LEFT JOIN (
    SELECT tenant_id, conversation_id, count(*) AS n
    FROM omni_messages
    GROUP BY tenant_id, conversation_id) AS m ON m.tenant_id = o.tenant_id AND m.conversation_id = o.id
WHERE o.message_count <> coalesce(m.n, 0);
