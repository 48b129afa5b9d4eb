package io.customergraph.ingest;

/** Writes a shop's customers, with the consent to marketing that they gave there. */
final class ShopifyCustomerTable {

    private static final String UPSERT =
            """
            INSERT INTO shopify_customers AS t (
                tenant_id, id, source_account, shopify_customer_id, customer_id, email, first_name,
                last_name, phone, verified_email, accepts_marketing, orders_count, total_spent,
                currency, state, tags, created_at, updated_at, content_hash)
            SELECT :tenant, id, source_account, external_id, customer_id, customer_email,
                   first_name, last_name, customer_phone, verified_email, accepts_marketing,
                   orders_count, (total_spent ->> 'amount')::numeric, total_spent ->> 'currency',
                   state, tags, created_at, updated_at, decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_account text, external_id bigint, customer_id uuid,
                customer_email text, first_name text, last_name text, customer_phone text,
                verified_email boolean, accepts_marketing boolean, orders_count integer,
                total_spent jsonb, state text, tags text[], created_at timestamptz,
                updated_at timestamptz, content_hash text)
            ORDER BY source_account, external_id
            ON CONFLICT (tenant_id, source_account, shopify_customer_id) DO UPDATE SET
                customer_id = coalesce(t.customer_id, excluded.customer_id),
                email = excluded.email, first_name = excluded.first_name,
                last_name = excluded.last_name, phone = excluded.phone,
                verified_email = excluded.verified_email,
                accepts_marketing = excluded.accepts_marketing,
                orders_count = excluded.orders_count, total_spent = excluded.total_spent,
                currency = excluded.currency, state = excluded.state, tags = excluded.tags,
                created_at = excluded.created_at, updated_at = excluded.updated_at,
                content_hash = excluded.content_hash, ingested_at = now()
            WHERE t.updated_at <= excluded.updated_at AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    private static final String UPSERT_CONSENTS =
            """
            INSERT INTO customer_consents (
                tenant_id, id, customer_id, channel, purpose, state, source_type, record_type,
                record_id, recorded_at)
            SELECT :tenant, gen_random_uuid(), r.customer_id, c.channel, 'marketing',
                   CASE WHEN c.accepts THEN 'granted' ELSE 'denied' END,
                   r.source_type, 'shopify_customer', r.id, r.updated_at
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, customer_id uuid, accepts_marketing boolean, accepts_sms boolean,
                source_type text, updated_at timestamptz)
            CROSS JOIN LATERAL (VALUES ('email', r.accepts_marketing), ('sms', r.accepts_sms))
                AS c (channel, accepts)
            WHERE c.accepts IS NOT NULL AND r.customer_id IS NOT NULL
            ORDER BY r.id, c.channel
            ON CONFLICT (tenant_id, record_id, channel, purpose) DO UPDATE SET
                customer_id = excluded.customer_id, state = excluded.state,
                recorded_at = excluded.recorded_at
            """;

    static final RecordTable TABLE =
            new RecordTable(RecordType.SHOPIFY_CUSTOMER, UPSERT, UPSERT_CONSENTS);

    private ShopifyCustomerTable() {}
}
