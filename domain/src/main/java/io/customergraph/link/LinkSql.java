package io.customergraph.link;

import io.customergraph.ingest.IdentifierSupport;
import io.customergraph.ingest.RecordType;

import java.util.Optional;

/** The statements behind a person's decision about a record. */
final class LinkSql {

    static final String WITHDRAW_LINK =
            """
            UPDATE match_decisions
            SET withdrawn_at = now(), withdrawn_by = :actor, withdrawn_reason = :reason
            WHERE tenant_id = :tenant AND record_id = :record AND kind = 'link'
              AND withdrawn_at IS NULL
            RETURNING customer_id
            """;

    /** Also a ban from somebody whom a merge has joined with the customer. */
    static final String WITHDRAW_BAN =
            """
            WITH RECURSIVE homes (id) AS (
                SELECT :customer::uuid
                UNION
                SELECT c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            UPDATE match_decisions
            SET withdrawn_at = now(), withdrawn_by = :actor, withdrawn_reason = :reason
            WHERE tenant_id = :tenant AND record_id = :record AND kind = 'ban'
              AND customer_id IN (SELECT id FROM homes) AND withdrawn_at IS NULL
            """;

    static final String INSERT_DECISION =
            """
            INSERT INTO match_decisions (
                tenant_id, id, kind, customer_id, record_type, record_id, rule, actor, reason)
            VALUES (:tenant, :id, :kind, :customer, :recordType, :record, :rule, :actor, :reason)
            """;

    static final String INSERT_CUSTOMER =
            """
            INSERT INTO customers (tenant_id, id, source, language, timezone)
            SELECT t.id, :id, :source, t.default_language, t.default_timezone
            FROM tenants t
            WHERE t.id = :tenant
            """;

    private static final String ANOTHER_RECORD_SAYS_IT =
            """
            SELECT p.record_type, p.record_id FROM record_people p
            WHERE p.tenant_id = i.tenant_id AND p.customer_id = i.customer_id
              AND p.record_id <> :record
              AND %s
            """
                    .formatted(IdentifierSupport.RECORD_SAYS_IT);

    static final String RESTS_ON_RECORD_ALONE =
            """
            SELECT EXISTS (
                SELECT FROM customer_identifiers i
                WHERE i.tenant_id = :tenant AND i.customer_id = :customer
                  AND i.record_id = :record AND i.valid_to IS NULL AND NOT i.is_generic
                  AND NOT EXISTS (%s))
            """
                    .formatted(ANOTHER_RECORD_SAYS_IT);

    static final String REST_ELSEWHERE =
            """
            UPDATE customer_identifiers t
            SET record_type = other.record_type, record_id = other.record_id
            FROM customer_identifiers i
            CROSS JOIN LATERAL (%s ORDER BY p.updated_at, p.record_id LIMIT 1) AS other
            WHERE i.tenant_id = :tenant AND i.customer_id = :customer AND i.record_id = :record
              AND i.valid_to IS NULL
              AND t.tenant_id = i.tenant_id AND t.id = i.id
            """
                    .formatted(ANOTHER_RECORD_SAYS_IT);

    static final String END_IDENTIFIERS =
            """
            UPDATE customer_identifiers
            SET valid_to = greatest(now(), valid_from)
            WHERE tenant_id = :tenant AND customer_id = :customer AND record_id = :record
              AND valid_to IS NULL
            """;

    /**
     * Gives the target what END_IDENTIFIERS ended in this transaction, from when the record first
     * said so: the decision is that it was the target's all along.
     */
    static final String START_IDENTIFIERS =
            """
            INSERT INTO customer_identifiers (
                tenant_id, id, customer_id, kind, scope, value, canonical, assurance, is_generic,
                people_seen, names_seen, source_type, record_type, record_id, valid_from)
            SELECT tenant_id, gen_random_uuid(), :target, kind, scope, value, canonical, assurance,
                   is_generic, people_seen, names_seen, source_type, record_type, record_id,
                   valid_from
            FROM customer_identifiers
            WHERE tenant_id = :tenant AND customer_id = :customer AND record_id = :record
              AND valid_to = greatest(now(), valid_from)
            ON CONFLICT DO NOTHING
            """;

    static final String MOVE_CONSENTS =
            """
            UPDATE customer_consents SET customer_id = :customer
            WHERE tenant_id = :tenant AND record_id = :record
            """;

    static final String ABSORB_IF_EMPTY =
            """
            WITH absorbed AS (
                UPDATE customers c
                SET status = 'merged', merged_into = :into, email = NULL, phone = NULL,
                    version = version + 1, updated_at = now()
                WHERE c.tenant_id = :tenant AND c.id = :empty AND c.source <> 'manual'
                  AND NOT EXISTS (SELECT FROM record_people p
                                  WHERE p.tenant_id = :tenant AND p.customer_id = :empty)
                  AND NOT EXISTS (SELECT FROM customer_identifiers i
                                  WHERE i.tenant_id = :tenant AND i.customer_id = :empty
                                    AND i.valid_to IS NULL)
                RETURNING c.id)
            INSERT INTO match_decisions (
                tenant_id, id, kind, customer_id, other_customer_id, rule, actor)
            SELECT :tenant, :decision, 'merge', :into, id, 'empty', :actor
            FROM absorbed
            """;

    private LinkSql() {}

    /** Locks a record and reads whose it is; empty for records that are about nobody. */
    static Optional<String> lockRecord(RecordType type) {
        return Optional.ofNullable(
                switch (type) {
                    case SHOPIFY_PRODUCT, SHOPIFY_REFUND, TRANSACTION_REFUND -> null;
                    case SHOPIFY_CUSTOMER ->
                            """
                            SELECT customer_id, 'shopify' FROM shopify_customers
                            WHERE tenant_id = :tenant AND id = :record FOR NO KEY UPDATE
                            """;
                    case SHOPIFY_ORDER ->
                            """
                            SELECT customer_id, 'shopify' FROM shopify_orders
                            WHERE tenant_id = :tenant AND id = :record FOR NO KEY UPDATE
                            """;
                    case SUPPORT_TICKET ->
                            """
                            SELECT customer_id, source_type FROM support_tickets
                            WHERE tenant_id = :tenant AND id = :record FOR NO KEY UPDATE
                            """;
                    case SUPPORT_CONTACT ->
                            """
                            SELECT customer_id, source_type FROM support_contacts
                            WHERE tenant_id = :tenant AND id = :record FOR NO KEY UPDATE
                            """;
                    case APPOINTMENT ->
                            """
                            SELECT customer_id, source_type FROM appointments
                            WHERE tenant_id = :tenant AND id = :record FOR NO KEY UPDATE
                            """;
                    case PROSPECT ->
                            """
                            SELECT customer_id, source_type FROM prospects
                            WHERE tenant_id = :tenant AND id = :record FOR NO KEY UPDATE
                            """;
                    case OMNI_CONVERSATION ->
                            """
                            SELECT customer_id, source_type FROM omni_conversations
                            WHERE tenant_id = :tenant AND id = :record FOR NO KEY UPDATE
                            """;
                    case TRANSACTION ->
                            """
                            SELECT customer_id, source_type FROM transactions
                            WHERE tenant_id = :tenant AND id = :record FOR NO KEY UPDATE
                            """;
                    case ENROLLMENT ->
                            """
                            SELECT customer_id, source_type FROM enrollments
                            WHERE tenant_id = :tenant AND id = :record FOR NO KEY UPDATE
                            """;
                });
    }

    /** Sets whose a record is. */
    static String setCustomer(RecordType type) {
        return switch (type) {
            case SHOPIFY_PRODUCT, SHOPIFY_REFUND, TRANSACTION_REFUND ->
                    throw new IllegalArgumentException("It belongs to no customer: " + type);
            case SHOPIFY_CUSTOMER ->
                    "UPDATE shopify_customers SET customer_id = :customer"
                            + " WHERE tenant_id = :tenant AND id = :record";
            case SHOPIFY_ORDER ->
                    "UPDATE shopify_orders SET customer_id = :customer"
                            + " WHERE tenant_id = :tenant AND id = :record";
            case SUPPORT_TICKET ->
                    "UPDATE support_tickets SET customer_id = :customer"
                            + " WHERE tenant_id = :tenant AND id = :record";
            case SUPPORT_CONTACT ->
                    "UPDATE support_contacts SET customer_id = :customer"
                            + " WHERE tenant_id = :tenant AND id = :record";
            case APPOINTMENT ->
                    "UPDATE appointments SET customer_id = :customer"
                            + " WHERE tenant_id = :tenant AND id = :record";
            case PROSPECT ->
                    "UPDATE prospects SET customer_id = :customer"
                            + " WHERE tenant_id = :tenant AND id = :record";
            case OMNI_CONVERSATION ->
                    "UPDATE omni_conversations SET customer_id = :customer"
                            + " WHERE tenant_id = :tenant AND id = :record";
            case TRANSACTION ->
                    "UPDATE transactions SET customer_id = :customer"
                            + " WHERE tenant_id = :tenant AND id = :record";
            case ENROLLMENT ->
                    "UPDATE enrollments SET customer_id = :customer"
                            + " WHERE tenant_id = :tenant AND id = :record";
        };
    }
}
