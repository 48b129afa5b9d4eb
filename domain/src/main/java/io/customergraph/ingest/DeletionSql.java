package io.customergraph.ingest;

import io.customergraph.customer.LastContact;

/**
 * The statements of {@link RecordDeletions}. Each binds {@code :tenant}, and {@code :rows}, a JSON
 * array of what is deleted, or the ids of records and customers.
 */
final class DeletionSql {

    /** The other side of the trigger that looks at what is inserted; see V300. */
    static final String LOCK_ACCOUNTS =
            """
            SELECT pg_advisory_xact_lock(hashtextextended(
                       concat_ws(' ', 'deleted records', :tenant, source_type, source_account), 0))
            FROM (SELECT DISTINCT source_type, source_account
                  FROM json_to_recordset(:rows::json) AS r (
                      source_type text, source_account text)
                  ORDER BY source_type, source_account) AS accounts
            """;

    static final String UPSERT_TOMBSTONES =
            """
            INSERT INTO record_tombstones AS t (
                tenant_id, record_type, source_type, source_account, external_id, deleted_at,
                is_final, replaced_by)
            SELECT :tenant, record_type, source_type, source_account, external_id, at, is_final,
                   replaced_by
            FROM json_to_recordset(:rows::json) AS r (
                record_type text, source_type text, source_account text, external_id text,
                at timestamptz, is_final boolean, replaced_by text)
            ON CONFLICT (tenant_id, record_type, source_type, source_account, external_id)
            DO UPDATE SET
                deleted_at = greatest(t.deleted_at, excluded.deleted_at),
                is_final = t.is_final OR excluded.is_final,
                replaced_by = coalesce(t.replaced_by, excluded.replaced_by)
            """;

    static final String DELETE_REFUNDS_OF_ORDERS =
            """
            DELETE FROM shopify_refunds f
            USING json_to_recordset(:rows::json) AS r (source_account text, external_id bigint)
            WHERE f.tenant_id = (SELECT :tenant) AND f.source_account = r.source_account
              AND f.shopify_order_id = r.external_id
            """;

    static final String WITHDRAW_DECISIONS =
            """
            UPDATE match_decisions
            SET withdrawn_at = now(), withdrawn_by = 'source',
                withdrawn_reason = 'The source deleted the record'
            WHERE tenant_id = (SELECT :tenant) AND withdrawn_at IS NULL
              AND (kind = 'link' AND record_id = ANY (:records)
                   OR kind = 'ban' AND record_id = ANY (:records))
            """;

    /** Who refused something did not agree to it when the record of that was deleted. */
    static final String FORGET_CONSENTS =
            """
            DELETE FROM customer_consents
            WHERE tenant_id = (SELECT :tenant) AND record_id = ANY (:records) AND state = 'granted'
            """;

    /** What a deleted record told of a contact is gone with it, whether it was ever seen or not. */
    static final String LAST_CONTACT = LastContact.of("c.id = ANY (:customers)");

    static final String REST_ELSEWHERE =
            """
            UPDATE customer_identifiers t
            SET record_type = other.record_type, record_id = other.record_id
            FROM customer_identifiers i
            CROSS JOIN LATERAL (
                SELECT p.record_type, p.record_id FROM record_people p
                WHERE p.tenant_id = i.tenant_id AND p.customer_id = i.customer_id
                  AND %s
                ORDER BY p.updated_at, p.record_id
                LIMIT 1) AS other
            WHERE i.tenant_id = (SELECT :tenant) AND i.customer_id = ANY (:customers)
              AND i.record_id = ANY (:records) AND i.valid_to IS NULL
              AND t.tenant_id = i.tenant_id AND t.id = i.id
            """
                    .formatted(IdentifierSupport.RECORD_SAYS_IT);

    static final String END_IDENTIFIERS =
            """
            UPDATE customer_identifiers
            SET valid_to = greatest(now(), valid_from)
            WHERE tenant_id = (SELECT :tenant) AND customer_id = ANY (:customers)
              AND record_id = ANY (:records) AND valid_to IS NULL
            RETURNING kind, scope, value, coalesce(home_id, customer_id)
            """;

    private DeletionSql() {}

    /** Reads whose the records are; only of a type whose records are somebody's. */
    static String customers(RecordType type) {
        return """
        SELECT DISTINCT t.customer_id
        FROM json_to_recordset(:rows::json) AS r (
            source_type text, source_account text, external_id text)
        JOIN %1$ss t
            ON t.tenant_id = (SELECT :tenant) AND t.source_account = r.source_account AND %2$s
        WHERE t.customer_id IS NOT NULL
        """
                .formatted(type.code(), isOf(type));
    }

    /**
     * Deletes records of a type where their version is of what was deleted; gives each one's id,
     * customer, and whether another replaces it.
     */
    static String delete(RecordType type) {
        return """
        DELETE FROM %1$ss t
        USING json_to_recordset(:rows::json) AS r (
            source_type text, source_account text, external_id text, at timestamptz,
            is_final boolean, replaced_by text)
        WHERE t.tenant_id = (SELECT :tenant) AND t.source_account = r.source_account AND %2$s
          AND (r.is_final OR t.updated_at <= r.at)
        RETURNING t.id, %3$s, r.replaced_by IS NOT NULL
        """
                .formatted(
                        type.code(),
                        isOf(type),
                        type.isAboutSomebody() ? "t.customer_id" : "NULL::uuid");
    }

    private static String isOf(RecordType type) {
        return type.isShopify()
                ? "t." + type.code() + "_id = r.external_id::bigint"
                : "t.source_type = r.source_type AND t.external_id = r.external_id";
    }
}
