package io.customergraph.ingest;

/** Writes payments and enrollments. */
final class PaymentTables {

    private static final String UPSERT_TRANSACTIONS =
            """
            INSERT INTO transactions AS t (
                tenant_id, id, source_type, source_account, external_id, customer_id,
                customer_external_id, customer_name, customer_email, customer_phone, status, amount,
                refunded_amount, currency, payment_method, description, shopify_order_id, paid_at,
                created_at, updated_at, content_hash, told_status, told_refunded, stage,
                also_known_as, is_invoice)
            SELECT :tenant, id, source_type, source_account, external_id, customer_id,
                   customer_external_id, customer_name, customer_email, customer_phone,
                   payment_status(status, (amount ->> 'amount')::numeric, f.refunded),
                   (amount ->> 'amount')::numeric, f.refunded, amount ->> 'currency',
                   payment_method, description, shopify_order_id, paid_at, created_at, updated_at,
                   decode(content_hash, 'hex'), status, r.refunded, stage, also_known_as,
                   coalesce(is_invoice, false)
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_type text, source_account text, external_id text, customer_id uuid,
                customer_external_id text, customer_name text, customer_email text,
                customer_phone text, status text, amount jsonb, refunded numeric,
                payment_method text, description text, shopify_order_id bigint, paid_at timestamptz,
                created_at timestamptz, updated_at timestamptz, content_hash text, stage smallint,
                also_known_as text, is_invoice boolean)
            CROSS JOIN LATERAL (
                SELECT greatest(r.refunded, coalesce(sum(f.amount), 0)) AS refunded
                FROM transaction_refunds f
                WHERE f.tenant_id = (SELECT :tenant) AND f.source_type = r.source_type
                  AND f.source_account = r.source_account
                  AND f.payment_external_id IN (r.external_id, r.also_known_as)
                  AND f.currency = r.amount ->> 'currency' AND f.status = 'refunded') AS f
            ORDER BY source_type, source_account, external_id
            ON CONFLICT (tenant_id, source_type, source_account, external_id) DO UPDATE SET
                customer_id = coalesce(t.customer_id, excluded.customer_id),
                customer_external_id = excluded.customer_external_id,
                customer_name = excluded.customer_name, customer_email = excluded.customer_email,
                customer_phone = excluded.customer_phone, status = excluded.status,
                amount = excluded.amount, refunded_amount = excluded.refunded_amount,
                currency = excluded.currency, payment_method = excluded.payment_method,
                description = excluded.description, shopify_order_id = excluded.shopify_order_id,
                paid_at = excluded.paid_at, created_at = excluded.created_at,
                updated_at = excluded.updated_at, content_hash = excluded.content_hash,
                told_status = excluded.told_status, told_refunded = excluded.told_refunded,
                stage = excluded.stage, also_known_as = excluded.also_known_as,
                is_invoice = excluded.is_invoice,
                invoice_id = CASE WHEN excluded.is_invoice THEN NULL ELSE t.invoice_id END,
                ingested_at = now()
            WHERE (t.updated_at, t.stage) <= (excluded.updated_at, excluded.stage)
              AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    /**
     * Joins payments with the invoices that they settled, whichever came first, and tells of their
     * customers. Of two invoices that name one payment the lower id holds.
     */
    private static final String SETTLE =
            """
            WITH told AS (
                SELECT * FROM json_to_recordset(:rows::json) AS r (
                    id uuid, source_type text, source_account text, also_known_as text,
                    is_invoice boolean)),
            payments AS (
                SELECT id FROM told
                UNION
                SELECT t.id FROM told r JOIN transactions t
                    ON t.tenant_id = (SELECT :tenant) AND t.source_type = r.source_type
                   AND t.source_account = r.source_account AND t.external_id = r.also_known_as
                WHERE r.is_invoice
                UNION
                SELECT t.id FROM told r JOIN transactions t
                    ON t.tenant_id = (SELECT :tenant) AND t.source_type = r.source_type
                   AND t.source_account = r.source_account AND t.also_known_as = r.also_known_as
                WHERE r.is_invoice
                UNION
                SELECT t.id FROM told r JOIN transactions t
                    ON t.tenant_id = (SELECT :tenant) AND t.invoice_id = r.id),
            settled AS (
                SELECT t.id, (
                    SELECT i.id FROM transactions i
                    WHERE i.tenant_id = (SELECT :tenant) AND i.source_type = t.source_type
                      AND i.source_account = t.source_account AND i.is_invoice
                      AND i.also_known_as IN (t.external_id, t.also_known_as)
                    ORDER BY i.external_id
                    LIMIT 1) AS invoice_id
                FROM payments p
                JOIN transactions t ON t.tenant_id = (SELECT :tenant) AND t.id = p.id
                WHERE NOT t.is_invoice),
            joined AS (
                UPDATE transactions t
                SET invoice_id = s.invoice_id
                FROM settled s
                WHERE t.tenant_id = (SELECT :tenant) AND t.id = s.id
                  AND t.invoice_id IS DISTINCT FROM s.invoice_id
                RETURNING t.customer_id)
            INSERT INTO change_events (tenant_id, kind, customer_id, detail)
            SELECT DISTINCT :tenant, 'customer_changed', customer_id, '{"fields": []}'::jsonb
            FROM joined
            WHERE customer_id IS NOT NULL
            """;

    private static final String UPSERT_ENROLLMENTS =
            """
            INSERT INTO enrollments AS t (
                tenant_id, id, source_type, source_account, external_id, customer_id,
                customer_external_id, customer_name, customer_email, customer_phone, program,
                status, price, currency, enrolled_at, completed_at, created_at, updated_at,
                content_hash)
            SELECT :tenant, id, source_type, source_account, external_id, customer_id,
                   customer_external_id, customer_name, customer_email, customer_phone, program,
                   status, (price ->> 'amount')::numeric, price ->> 'currency', enrolled_at,
                   completed_at, created_at, updated_at, decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_type text, source_account text, external_id text, customer_id uuid,
                customer_external_id text, customer_name text, customer_email text,
                customer_phone text, program text, status text, price jsonb,
                enrolled_at timestamptz, completed_at timestamptz, created_at timestamptz,
                updated_at timestamptz, content_hash text)
            ORDER BY source_type, source_account, external_id
            ON CONFLICT (tenant_id, source_type, source_account, external_id) DO UPDATE SET
                customer_id = coalesce(t.customer_id, excluded.customer_id),
                customer_external_id = excluded.customer_external_id,
                customer_name = excluded.customer_name, customer_email = excluded.customer_email,
                customer_phone = excluded.customer_phone, program = excluded.program,
                status = excluded.status, price = excluded.price, currency = excluded.currency,
                enrolled_at = excluded.enrolled_at, completed_at = excluded.completed_at,
                created_at = excluded.created_at, updated_at = excluded.updated_at,
                content_hash = excluded.content_hash, ingested_at = now()
            WHERE t.updated_at <= excluded.updated_at AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    static final RecordTable TRANSACTIONS =
            new RecordTable(RecordType.TRANSACTION, UPSERT_TRANSACTIONS, SETTLE);

    static final RecordTable ENROLLMENTS =
            new RecordTable(RecordType.ENROLLMENT, UPSERT_ENROLLMENTS);

    private PaymentTables() {}
}
