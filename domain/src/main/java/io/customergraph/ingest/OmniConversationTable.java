package io.customergraph.ingest;

/** Writes conversations and their messages. */
final class OmniConversationTable {

    /**
     * An older version still brings its messages, and leaves the rest as the newer one set it. A
     * version that names nobody takes no name back: not every message comes with one.
     */
    private static final String UPSERT =
            """
            INSERT INTO omni_conversations AS t (
                tenant_id, id, source_type, source_account, external_id, customer_id,
                customer_external_id, customer_name, customer_email, customer_phone, channel,
                channel_identity, status, subject, first_message_at, last_message_at, message_count,
                created_at, updated_at, content_hash, named_at)
            SELECT :tenant, id, source_type, source_account, external_id, customer_id,
                   customer_external_id, customer_name, customer_email, customer_phone, channel,
                   channel_identity, status, subject, first_message_at, last_message_at,
                   message_count, created_at, updated_at, decode(content_hash, 'hex'),
                   CASE WHEN customer_name IS NOT NULL THEN updated_at END
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_type text, source_account text, external_id text, customer_id uuid,
                customer_external_id text, customer_name text, customer_email text,
                customer_phone text, channel text, channel_identity text, status text, subject text,
                first_message_at timestamptz, last_message_at timestamptz, message_count integer,
                created_at timestamptz, updated_at timestamptz, content_hash text)
            ORDER BY source_type, source_account, external_id
            ON CONFLICT (tenant_id, source_type, source_account, external_id) DO UPDATE SET
                customer_id = coalesce(t.customer_id, excluded.customer_id),
                customer_external_id = CASE WHEN excluded.updated_at >= t.updated_at
                    THEN excluded.customer_external_id ELSE t.customer_external_id END,
                customer_name = CASE
                    WHEN excluded.named_at >= coalesce(t.named_at, '-infinity')
                    THEN excluded.customer_name ELSE t.customer_name END,
                named_at = greatest(t.named_at, excluded.named_at),
                customer_email = CASE WHEN excluded.updated_at >= t.updated_at
                    THEN excluded.customer_email ELSE t.customer_email END,
                customer_phone = CASE WHEN excluded.updated_at >= t.updated_at
                    THEN excluded.customer_phone ELSE t.customer_phone END,
                channel_identity = CASE WHEN excluded.updated_at >= t.updated_at
                    THEN excluded.channel_identity ELSE t.channel_identity END,
                status = CASE WHEN excluded.updated_at >= t.updated_at
                    THEN excluded.status ELSE t.status END,
                subject = CASE WHEN excluded.updated_at >= t.updated_at
                    THEN excluded.subject ELSE t.subject END,
                content_hash = CASE WHEN excluded.updated_at >= t.updated_at
                    THEN excluded.content_hash ELSE t.content_hash END,
                first_message_at = least(t.first_message_at, excluded.first_message_at),
                last_message_at = greatest(t.last_message_at, excluded.last_message_at),
                created_at = least(t.created_at, excluded.created_at),
                updated_at = greatest(t.updated_at, excluded.updated_at), ingested_at = now()
            WHERE t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    /** What a newer version told of a message stays, also where it tells no more of it. */
    private static final String UPSERT_MESSAGES =
            """
            INSERT INTO omni_messages AS t (
                tenant_id, id, conversation_id, external_id, direction, content_type, body, status,
                sent_at, told_at)
            SELECT DISTINCT ON (r.id, m.external_id)
                   :tenant, m.id, r.id, m.external_id, m.direction, m.content_type, m.body,
                   m.status, m.sent_at, r.updated_at
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, updated_at timestamptz, messages json)
            CROSS JOIN LATERAL json_to_recordset(r.messages) AS m (
                id uuid, external_id text, direction text, content_type text, body text,
                status text, sent_at timestamptz, position integer)
            ORDER BY r.id, m.external_id, m.position DESC
            ON CONFLICT (tenant_id, conversation_id, external_id) DO UPDATE SET
                direction = excluded.direction, content_type = excluded.content_type,
                body = excluded.body, status = excluded.status, sent_at = excluded.sent_at,
                told_at = excluded.told_at
            WHERE t.told_at IS NULL OR t.told_at <= excluded.told_at
            """;

    /**
     * A new conversation is inserted with its count; one that was there has more than it brings.
     */
    private static final String COUNT_MESSAGES =
            """
            UPDATE omni_conversations c
            SET message_count = m.n
            FROM json_to_recordset(:rows::json) AS r (id uuid)
            CROSS JOIN LATERAL (
                SELECT count(*)::integer AS n FROM omni_messages
                WHERE tenant_id = (SELECT :tenant) AND conversation_id = r.id) AS m
            WHERE c.tenant_id = (SELECT :tenant) AND c.id = r.id AND c.message_count <> m.n
            """;

    static final RecordTable TABLE =
            new RecordTable(RecordType.OMNI_CONVERSATION, UPSERT, UPSERT_MESSAGES, COUNT_MESSAGES);

    private OmniConversationTable() {}
}
