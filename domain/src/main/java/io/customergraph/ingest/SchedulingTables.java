package io.customergraph.ingest;

/** Writes appointments and prospects. */
final class SchedulingTables {

    private static final String UPSERT_APPOINTMENTS =
            """
            INSERT INTO appointments AS t (
                tenant_id, id, source_type, source_account, external_id, customer_id,
                customer_external_id, customer_name, customer_email, customer_phone, service,
                appointment_date, duration_minutes, status, location, staff_name, notes, created_at,
                updated_at, content_hash)
            SELECT :tenant, id, source_type, source_account, external_id, customer_id,
                   customer_external_id, customer_name, customer_email, customer_phone, service,
                   appointment_date, duration_minutes, status, location, staff_name, notes,
                   created_at, updated_at, decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_type text, source_account text, external_id text, customer_id uuid,
                customer_external_id text, customer_name text, customer_email text,
                customer_phone text, service text, appointment_date timestamptz,
                duration_minutes integer, status text, location text, staff_name text, notes text,
                created_at timestamptz, updated_at timestamptz, content_hash text)
            ORDER BY source_type, source_account, external_id
            ON CONFLICT (tenant_id, source_type, source_account, external_id) DO UPDATE SET
                customer_id = coalesce(t.customer_id, excluded.customer_id),
                customer_external_id = excluded.customer_external_id,
                customer_name = excluded.customer_name, customer_email = excluded.customer_email,
                customer_phone = excluded.customer_phone, service = excluded.service,
                appointment_date = excluded.appointment_date,
                duration_minutes = excluded.duration_minutes, status = excluded.status,
                location = excluded.location, staff_name = excluded.staff_name,
                notes = excluded.notes, created_at = excluded.created_at,
                updated_at = excluded.updated_at, content_hash = excluded.content_hash,
                ingested_at = now()
            WHERE t.updated_at <= excluded.updated_at AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    private static final String UPSERT_PROSPECTS =
            """
            INSERT INTO prospects AS t (
                tenant_id, id, source_type, source_account, external_id, customer_id, first_name,
                last_name, email, phone, company, status, campaign, notes, created_at, updated_at,
                content_hash)
            SELECT :tenant, id, source_type, source_account, external_id, customer_id, first_name,
                   last_name, customer_email, customer_phone, company, status, campaign, notes,
                   created_at, updated_at, decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_type text, source_account text, external_id text, customer_id uuid,
                first_name text, last_name text, customer_email text, customer_phone text,
                company text, status text, campaign text, notes text, created_at timestamptz,
                updated_at timestamptz, content_hash text)
            ORDER BY source_type, source_account, external_id
            ON CONFLICT (tenant_id, source_type, source_account, external_id) DO UPDATE SET
                customer_id = coalesce(t.customer_id, excluded.customer_id),
                first_name = excluded.first_name, last_name = excluded.last_name,
                email = excluded.email, phone = excluded.phone, company = excluded.company,
                status = excluded.status, campaign = excluded.campaign, notes = excluded.notes,
                created_at = excluded.created_at, updated_at = excluded.updated_at,
                content_hash = excluded.content_hash, ingested_at = now()
            WHERE t.updated_at <= excluded.updated_at AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    static final RecordTable APPOINTMENTS =
            new RecordTable(RecordType.APPOINTMENT, UPSERT_APPOINTMENTS);

    static final RecordTable PROSPECTS = new RecordTable(RecordType.PROSPECT, UPSERT_PROSPECTS);

    private SchedulingTables() {}
}
