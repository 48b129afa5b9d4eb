package io.customergraph.ingest;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The statements of {@link RecordErasures}. Each binds {@code :tenant}, and the ids of customers or
 * records, or what a source calls them.
 */
final class ErasureSql {

    /** The other side of what {@link KnownRecords} takes. */
    static final String LOCK =
            """
            SELECT pg_advisory_xact_lock(
                hashtextextended(concat_ws(' ', 'erased people', :tenant), 0))
            """;

    /** With those that were merged into it, at any depth. */
    static final String HOMES =
            """
            WITH RECURSIVE homes (id) AS (
                SELECT c FROM unnest(:customers::uuid[]) AS c
                UNION
                SELECT c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            SELECT id FROM homes
            """;

    static final String RECORDS_OF_CUSTOMERS =
            Arrays.stream(RecordType.values())
                    .filter(RecordType::isAboutSomebody)
                    .map(
                            type ->
                                    select(type)
                                            + "WHERE t.tenant_id = :tenant"
                                            + " AND t.customer_id = ANY (:customers)\n")
                    .collect(Collectors.joining("UNION ALL\n"));

    /** What a shop told of one of its customers. */
    static final String RECORDS_OF_SHOPPER =
            select(RecordType.SHOPIFY_CUSTOMER)
                    + """
                    WHERE t.tenant_id = :tenant AND t.source_account = :account
                      AND t.shopify_customer_id = :shopper
                    UNION ALL
                    """
                    + select(RecordType.SHOPIFY_ORDER)
                    + """
                    WHERE t.tenant_id = :tenant AND t.source_account = :account
                      AND (t.shopify_customer_id = :shopper
                           OR t.shopify_order_id = ANY (:orders))
                    """;

    /** Some of what a shop told of people. */
    static final String RECORDS_OF_SHOP =
            "("
                    + select(RecordType.SHOPIFY_CUSTOMER)
                    + """
                    WHERE t.tenant_id = :tenant AND t.source_account = :account
                    ORDER BY t.id
                    LIMIT :limit)
                    UNION ALL
                    (
                    """
                    + select(RecordType.SHOPIFY_ORDER)
                    + """
                    WHERE t.tenant_id = :tenant AND t.source_account = :account
                    ORDER BY t.id
                    LIMIT :limit)
                    """;

    /** What nobody is in; variants go with their products. */
    static final String DELETE_CATALOGUE =
            """
            WITH products AS (
                DELETE FROM shopify_products t
                WHERE t.tenant_id = :tenant AND t.id IN (
                    SELECT id FROM shopify_products
                    WHERE tenant_id = :tenant AND source_account = :account
                    LIMIT :limit)
                RETURNING 1),
            refunds AS (
                DELETE FROM shopify_refunds t
                WHERE t.tenant_id = :tenant AND t.id IN (
                    SELECT id FROM shopify_refunds
                    WHERE tenant_id = :tenant AND source_account = :account
                    LIMIT :limit)
                RETURNING 1)
            SELECT (SELECT count(*) FROM products) + (SELECT count(*) FROM refunds)
            """;

    /** Who has nothing but these records: neither others nor anything that people entered. */
    static final String WITH_NOTHING_ELSE =
            """
            SELECT c FROM unnest(:customers::uuid[]) AS c
            WHERE NOT EXISTS (
                SELECT FROM record_people p
                WHERE p.tenant_id = :tenant AND p.customer_id = c
                  AND p.record_id <> ALL (:records))
              AND NOT EXISTS (
                WITH RECURSIVE homes (id) AS (
                    SELECT c
                    UNION
                    SELECT m.id FROM homes h
                    JOIN customers m ON m.tenant_id = :tenant AND m.merged_into = h.id)
                SELECT FROM homes h
                JOIN customer_entries e ON e.tenant_id = :tenant AND e.customer_id = h.id)
            """;

    static final String DELETE_IDENTIFIERS_OF_CUSTOMERS =
            """
            DELETE FROM customer_identifiers
            WHERE tenant_id = :tenant
              AND (customer_id = ANY (:customers) OR home_id = ANY (:customers))
            RETURNING kind, scope, value, canonical, coalesce(home_id, customer_id), is_generic
            """;

    /** What rests on these records alone, after {@link DeletionSql#REST_ELSEWHERE}. */
    static final String DELETE_IDENTIFIERS_OF_RECORDS =
            """
            DELETE FROM customer_identifiers
            WHERE tenant_id = :tenant AND customer_id = ANY (:customers)
              AND record_id = ANY (:records)
            RETURNING kind, scope, value, canonical, coalesce(home_id, customer_id), is_generic
            """;

    static final String WITHDRAW_DECISIONS =
            """
            UPDATE match_decisions
            SET withdrawn_at = now(), withdrawn_by = 'erasure',
                withdrawn_reason = 'The person was erased'
            WHERE tenant_id = :tenant AND withdrawn_at IS NULL
              AND kind IN ('link', 'ban') AND record_id = ANY (:records)
            """;

    static final String FORGET_EVIDENCE = "SELECT forget_match_evidence(:customers, :records)";

    /** Shopify's ids of customers whom it deleted or merged; they are known by their hashes now. */
    static final String FORGET_TOMBSTONES =
            """
            DELETE FROM record_tombstones t
            USING json_to_recordset(:rows::json) AS r (kind text, scope text, value text)
            WHERE r.kind = 'shopify_customer_id' AND t.tenant_id = :tenant
              AND t.record_type = 'shopify_customer' AND t.source_type = 'shopify'
              AND t.source_account = r.scope
              AND (t.external_id = r.value OR t.replaced_by = r.value)
            """;

    /** Of values that were erased those that identify somebody living. */
    static final String STILL_OWNED =
            """
            SELECT DISTINCT i.kind, i.scope, i.value
            FROM json_to_recordset(:rows::json) AS r (kind text, scope text, value text)
            JOIN customer_identifiers i
                ON i.tenant_id = :tenant AND i.kind = r.kind AND i.scope = r.scope
               AND i.value = r.value AND i.valid_to IS NULL AND NOT i.is_generic
            """;

    static final String DELETE_CONSENTS =
            """
            DELETE FROM customer_consents
            WHERE tenant_id = :tenant
              AND (customer_id = ANY (:customers) OR record_id = ANY (:records))
            """;

    static final String DELETE_PROFILES =
            """
            WITH field_values AS (
                DELETE FROM customer_field_values
                WHERE tenant_id = :tenant AND customer_id = ANY (:customers)),
            entries AS (
                DELETE FROM customer_entries
                WHERE tenant_id = :tenant AND customer_id = ANY (:customers)),
            search AS (
                DELETE FROM customer_search
                WHERE tenant_id = :tenant AND customer_id = ANY (:customers))
            DELETE FROM customer_lifetime_values
            WHERE tenant_id = :tenant AND customer_id = ANY (:customers)
            """;

    static final String CLOSE_CANDIDATES =
            """
            UPDATE match_candidates
            SET status = 'closed', closed_at = now(), closed_by = 'erasure',
                closed_reason = 'One of them was erased', due_at = NULL
            WHERE tenant_id = :tenant AND status = 'open'
              AND (customer_id = ANY (:customers) OR other_customer_id = ANY (:customers))
            """;

    /** Those who were merged stay so: their ids go on answering with whom they became. */
    static final String EMPTY_CUSTOMERS =
            """
            UPDATE customers
            SET first_name = NULL, last_name = NULL, email = NULL, phone = NULL, sort_name = '',
                tags = '{}', preferred_contact_method = NULL, language = NULL, timezone = NULL,
                last_contact_at = NULL, version = version + 1, updated_at = now(),
                status = CASE status WHEN 'merged' THEN 'merged' ELSE 'erased' END
            WHERE tenant_id = :tenant AND id = ANY (:customers)
            """;

    private ErasureSql() {}

    private static String select(RecordType type) {
        return """
        SELECT '%1$s' AS record_type, t.id, %2$s AS source_type, t.source_account,
               %3$s AS external_id, t.customer_id
        FROM %1$ss t
        """
                .formatted(
                        type.code(),
                        type.isShopify() ? "'shopify'" : "t.source_type::text",
                        type.isShopify() ? "t." + type.code() + "_id::text" : "t.external_id");
    }

    /** Deletes records of a type. */
    static String delete(RecordType type) {
        return "DELETE FROM " + type.code() + "s WHERE tenant_id = :tenant AND id = ANY (:records)";
    }

    /** Takes the person out of records of a type, which stay; see {@link WithoutPerson}. */
    static String strip(RecordType type) {
        return switch (type) {
            case SHOPIFY_ORDER ->
                    """
                    UPDATE shopify_orders
                    SET customer_id = NULL, shopify_customer_id = NULL, email = NULL, phone = NULL,
                        customer_name = NULL, landing_site = NULL, referring_site = NULL,
                        tags = '{}', content_hash = ''
                    WHERE tenant_id = :tenant AND id = ANY (:records)
                    """;
            case TRANSACTION ->
                    """
                    UPDATE transactions
                    SET customer_id = NULL, customer_external_id = NULL, customer_name = NULL,
                        customer_email = NULL, customer_phone = NULL, description = NULL,
                        content_hash = ''
                    WHERE tenant_id = :tenant AND id = ANY (:records)
                    """;
            case ENROLLMENT ->
                    """
                    UPDATE enrollments
                    SET customer_id = NULL, customer_external_id = NULL, customer_name = NULL,
                        customer_email = NULL, customer_phone = NULL, content_hash = ''
                    WHERE tenant_id = :tenant AND id = ANY (:records)
                    """;
            case SHOPIFY_PRODUCT,
                    SHOPIFY_CUSTOMER,
                    SHOPIFY_REFUND,
                    SUPPORT_TICKET,
                    SUPPORT_CONTACT,
                    APPOINTMENT,
                    PROSPECT,
                    OMNI_CONVERSATION,
                    TRANSACTION_REFUND ->
                    throw new IllegalArgumentException("Nobody is taken out of a " + type.code());
        };
    }
}
