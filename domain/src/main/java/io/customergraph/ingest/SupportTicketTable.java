package io.customergraph.ingest;

/** Writes support tickets. */
final class SupportTicketTable {

    private static final String UPSERT =
            """
            INSERT INTO support_tickets AS t (
                tenant_id, id, source_type, source_account, external_id, customer_id,
                customer_external_id, customer_name, customer_email, customer_phone, subject,
                description, status, priority, channel, tags, due_at, resolved_at, created_at,
                updated_at, content_hash)
            SELECT :tenant, id, source_type, source_account, external_id, customer_id,
                   customer_external_id, customer_name, customer_email, customer_phone, subject,
                   description, status, priority, channel, tags, due_at, resolved_at, created_at,
                   updated_at, decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_type text, source_account text, external_id text, customer_id uuid,
                customer_external_id text, customer_name text, customer_email text,
                customer_phone text, subject text, description text, status text, priority text,
                channel text, tags text[], due_at timestamptz, resolved_at timestamptz,
                created_at timestamptz, updated_at timestamptz, content_hash text)
            ORDER BY source_type, source_account, external_id
            ON CONFLICT (tenant_id, source_type, source_account, external_id) DO UPDATE SET
                customer_id = coalesce(t.customer_id, excluded.customer_id),
                customer_external_id = excluded.customer_external_id,
                customer_name = excluded.customer_name, customer_email = excluded.customer_email,
                customer_phone = excluded.customer_phone, subject = excluded.subject,
                description = excluded.description, status = excluded.status,
                priority = excluded.priority, channel = excluded.channel, tags = excluded.tags,
                due_at = excluded.due_at, resolved_at = excluded.resolved_at,
                created_at = excluded.created_at, updated_at = excluded.updated_at,
                content_hash = excluded.content_hash, ingested_at = now()
            WHERE t.updated_at <= excluded.updated_at AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    static final RecordTable TABLE = new RecordTable(RecordType.SUPPORT_TICKET, UPSERT);

    private SupportTicketTable() {}
}
