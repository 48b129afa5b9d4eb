package io.customergraph.ingest;

/** Writes whom a helpdesk knows. */
final class SupportContactTable {

    private static final String UPSERT =
            """
            INSERT INTO support_contacts AS t (
                tenant_id, id, source_type, source_account, external_id, customer_id, name, email,
                other_emails, phone, mobile, language, is_active, created_at, updated_at,
                content_hash)
            SELECT :tenant, id, source_type, source_account, external_id, customer_id,
                   customer_name, customer_email, other_emails, customer_phone, mobile, language,
                   is_active, created_at, updated_at, decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_type text, source_account text, external_id text, customer_id uuid,
                customer_name text, customer_email text, other_emails text[], customer_phone text,
                mobile text, language text, is_active boolean, created_at timestamptz,
                updated_at timestamptz, content_hash text)
            ORDER BY source_type, source_account, external_id
            ON CONFLICT (tenant_id, source_type, source_account, external_id) DO UPDATE SET
                customer_id = coalesce(t.customer_id, excluded.customer_id), name = excluded.name,
                email = excluded.email, other_emails = excluded.other_emails,
                phone = excluded.phone, mobile = excluded.mobile, language = excluded.language,
                is_active = excluded.is_active, created_at = excluded.created_at,
                updated_at = excluded.updated_at, content_hash = excluded.content_hash,
                ingested_at = now()
            WHERE t.updated_at <= excluded.updated_at AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    static final RecordTable TABLE = new RecordTable(RecordType.SUPPORT_CONTACT, UPSERT);

    private SupportContactTable() {}
}
