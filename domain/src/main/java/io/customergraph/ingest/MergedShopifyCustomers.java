package io.customergraph.ingest;

/**
 * Where a shop made one of two of its customers, orders name the one it kept: those that are there
 * when it tells so, and those that come later and still name the other.
 */
final class MergedShopifyCustomers {

    /**
     * Of a customer that was kept and then absorbed itself the last one counts. Few were absorbed,
     * and where none was no order is looked at.
     */
    private static final String FOLLOW_FROM =
            """
            WITH RECURSIVE became (source_account, absorbed, kept, hops) AS (
                SELECT d.source_account, d.external_id, d.replaced_by, 1
                FROM record_tombstones d
                WHERE d.tenant_id = (SELECT :tenant) AND d.record_type = 'shopify_customer'
                  AND d.source_type = 'shopify' AND d.replaced_by IS NOT NULL
                  AND (d.source_account, d.external_id) IN (%s)
                UNION ALL
                SELECT b.source_account, b.absorbed, d.replaced_by, b.hops + 1
                FROM became b
                JOIN record_tombstones d
                    ON d.tenant_id = (SELECT :tenant) AND d.record_type = 'shopify_customer'
                   AND d.source_type = 'shopify' AND d.source_account = b.source_account
                   AND d.external_id = b.kept AND d.replaced_by IS NOT NULL
                WHERE b.hops < 100)
            UPDATE shopify_orders o
            SET shopify_customer_id = last.kept::bigint
            FROM (SELECT DISTINCT ON (source_account, absorbed) source_account, absorbed, kept
                  FROM became
                  ORDER BY source_account, absorbed, hops DESC) AS last
            WHERE EXISTS (SELECT FROM became)
              AND o.tenant_id = (SELECT :tenant) AND o.source_account = last.source_account
              AND o.shopify_customer_id = last.absorbed::bigint
            """;

    /** For orders as they come: rows of orders. */
    static final String FOLLOW =
            FOLLOW_FROM.formatted(
                    """
                    SELECT source_account, customer_external_id::text
                    FROM json_to_recordset(:rows::json) AS r (
                        source_account text, customer_external_id bigint)
                    """);

    /** For customers as they are absorbed: rows with their account and id. */
    static final String FOLLOW_ABSORBED =
            FOLLOW_FROM.formatted(
                    """
                    SELECT source_account, external_id
                    FROM json_to_recordset(:rows::json) AS r (
                        source_account text, external_id text)
                    """);

    private MergedShopifyCustomers() {}
}
