package io.customergraph.ingest;

/** Writes refunds, and counts them where their payments are known. */
final class RefundTable {

    private static final String UPSERT =
            """
            INSERT INTO transaction_refunds AS t (
                tenant_id, id, source_type, source_account, external_id, payment_external_id,
                status, amount, currency, stage, created_at, updated_at, content_hash)
            SELECT :tenant, id, source_type, source_account, external_id, payment_id,
                   lower(status), (amount ->> 'amount')::numeric, amount ->> 'currency', stage,
                   created_at, updated_at, decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_type text, source_account text, external_id text,
                payment_id text, status text, amount jsonb, stage smallint,
                created_at timestamptz, updated_at timestamptz, content_hash text)
            ORDER BY source_type, source_account, external_id
            ON CONFLICT (tenant_id, source_type, source_account, external_id) DO UPDATE SET
                payment_external_id = excluded.payment_external_id, status = excluded.status,
                amount = excluded.amount, currency = excluded.currency, stage = excluded.stage,
                created_at = excluded.created_at, updated_at = excluded.updated_at,
                content_hash = excluded.content_hash, ingested_at = now()
            WHERE (t.updated_at, t.stage) <= (excluded.updated_at, excluded.stage)
              AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    /**
     * Works out again what was given back of the payments of these refunds, from all that is known,
     * and tells of their customers. A payment that does not change is not written.
     */
    private static final String COUNT =
            """
            WITH named AS (
                SELECT DISTINCT source_type, source_account, payment_id
                FROM json_to_recordset(:rows::json) AS r (
                    source_type text, source_account text, payment_id text)),
            payments AS (
                SELECT t.id FROM named n JOIN transactions t
                    ON t.tenant_id = (SELECT :tenant) AND t.source_type = n.source_type
                   AND t.source_account = n.source_account AND t.external_id = n.payment_id
                UNION
                SELECT t.id FROM named n JOIN transactions t
                    ON t.tenant_id = (SELECT :tenant) AND t.source_type = n.source_type
                   AND t.source_account = n.source_account AND t.also_known_as = n.payment_id),
            refunded AS (
                SELECT t.id, greatest(t.told_refunded, coalesce(sum(f.amount), 0)) AS amount
                FROM payments p
                JOIN transactions t ON t.tenant_id = (SELECT :tenant) AND t.id = p.id
                LEFT JOIN transaction_refunds f
                    ON f.tenant_id = (SELECT :tenant) AND f.source_type = t.source_type
                   AND f.source_account = t.source_account
                   AND f.payment_external_id IN (t.external_id, t.also_known_as)
                   AND f.currency = t.currency AND f.status = 'refunded'
                GROUP BY t.id, t.told_refunded),
            counted AS (
                UPDATE transactions t
                SET refunded_amount = r.amount,
                    status = payment_status(t.told_status, t.amount, r.amount)
                FROM refunded r
                WHERE t.tenant_id = (SELECT :tenant) AND t.id = r.id
                  AND (t.refunded_amount <> r.amount
                       OR t.status <> payment_status(t.told_status, t.amount, r.amount))
                RETURNING t.customer_id)
            INSERT INTO change_events (tenant_id, kind, customer_id, detail)
            SELECT DISTINCT :tenant, 'customer_changed', customer_id, '{"fields": []}'::jsonb
            FROM counted
            WHERE customer_id IS NOT NULL
            """;

    static final RecordTable TABLE = new RecordTable(RecordType.TRANSACTION_REFUND, UPSERT, COUNT);

    private RefundTable() {}
}
