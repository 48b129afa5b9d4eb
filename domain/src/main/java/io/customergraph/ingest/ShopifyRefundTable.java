package io.customergraph.ingest;

/**
 * Writes refunds that come by themselves, and what orders have given back by them. Refunds only
 * ever grow, as their transactions succeed, so that it does not matter in which order they and the
 * versions of their order come, nor how often.
 */
final class ShopifyRefundTable {

    private static final String UPSERT =
            """
            INSERT INTO shopify_refunds AS t (
                tenant_id, id, source_account, shopify_refund_id, shopify_order_id, amount,
                currency, processed_at, created_at, updated_at, content_hash)
            SELECT :tenant, id, source_account, external_id, shopify_order_id, amount, currency,
                   processed_at, created_at, updated_at, decode(content_hash, 'hex')
            FROM json_to_recordset(:rows::json) AS r (
                id uuid, source_account text, external_id bigint, shopify_order_id bigint,
                amount numeric, currency text, processed_at timestamptz, created_at timestamptz,
                updated_at timestamptz, content_hash text)
            ORDER BY source_account, external_id
            ON CONFLICT (tenant_id, source_account, shopify_refund_id) DO UPDATE SET
                amount = greatest(t.amount, excluded.amount),
                currency = coalesce(t.currency, excluded.currency),
                processed_at = coalesce(excluded.processed_at, t.processed_at),
                updated_at = excluded.updated_at, content_hash = excluded.content_hash,
                ingested_at = now()
            WHERE t.updated_at <= excluded.updated_at AND t.content_hash <> excluded.content_hash
            RETURNING t.id, t.xmax = 0 AS inserted
            """;

    private static final String DELETE_OF_DELETED_ORDERS =
            """
            DELETE FROM shopify_refunds f
            USING json_to_recordset(:rows::json) AS r (id uuid), record_tombstones d
            WHERE f.tenant_id = (SELECT :tenant) AND f.id = r.id
              AND d.tenant_id = (SELECT :tenant) AND d.record_type = 'shopify_order'
              AND d.source_type = 'shopify' AND d.source_account = f.source_account
              AND d.external_id = f.shopify_order_id::text AND d.is_final
            """;

    /**
     * A refund in another currency than its order's cannot be added to what the order says. Most
     * orders have none, and then no order is looked at.
     */
    private static final String ADD_UP =
            """
            WITH f AS MATERIALIZED (
                SELECT r.source_account, r.shopify_order_id, g.currency, sum(g.amount) AS amount
                FROM (SELECT DISTINCT source_account, %1$s AS shopify_order_id
                      FROM json_to_recordset(:rows::json) AS r (
                          source_account text, %1$s bigint)) AS r
                CROSS JOIN LATERAL (
                    SELECT g.currency, g.amount
                    FROM shopify_refunds g
                    WHERE g.tenant_id = (SELECT :tenant)
                      AND g.source_account = r.source_account
                      AND g.shopify_order_id = r.shopify_order_id
                    OFFSET 0) AS g
                GROUP BY r.source_account, r.shopify_order_id, g.currency)
            UPDATE shopify_orders o
            SET total_refunded = f.amount
            FROM f
            WHERE EXISTS (SELECT FROM f)
              AND o.tenant_id = (SELECT :tenant) AND o.source_account = f.source_account
              AND o.shopify_order_id = f.shopify_order_id AND o.currency = f.currency
              AND o.total_refunded < f.amount
            """;

    static final String ADD_UP_OF_ORDERS = ADD_UP.formatted("external_id");

    static final RecordTable TABLE =
            new RecordTable(
                    RecordType.SHOPIFY_REFUND,
                    UPSERT,
                    CatalogueLock.OF_REFUNDS,
                    DELETE_OF_DELETED_ORDERS,
                    ADD_UP.formatted("shopify_order_id"));

    private ShopifyRefundTable() {}
}
