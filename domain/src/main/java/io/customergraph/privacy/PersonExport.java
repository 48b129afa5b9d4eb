package io.customergraph.privacy;

import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A copy of everything that is known of one customer: one statement, one JSON document. */
final class PersonExport {

    /** The most records that one document holds; who has more is read in pages. */
    static final int MOST_RECORDS = 10_000;

    private static final String PROFILE = "profile";
    private static final String WITHOUT = " - '{tenant_id,content_hash,customer_id}'::text[]";

    /** Sections in the order of the document; each row is one entry of its section. */
    private static final String SELECT =
            """
            WITH RECURSIVE homes (id) AS (
                SELECT c.id FROM customers c
                WHERE c.tenant_id = :tenant AND c.id = :customer
                UNION
                SELECT c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            SELECT section, entry::text FROM (
                SELECT 0 AS place, 'profile' AS section, to_jsonb(c) - '{tenant_id,sort_name}'::text[] AS entry
                FROM customers c WHERE c.tenant_id = :tenant AND c.id = :customer
                UNION ALL
                SELECT 1, 'formerIds', to_jsonb(h.id) FROM homes h WHERE h.id <> :customer
                UNION ALL
                SELECT 2, 'identifiers', to_jsonb(i) - '{tenant_id,customer_id,people_seen,home_id}'::text[]
                FROM customer_identifiers i WHERE i.tenant_id = :tenant AND i.customer_id = :customer
                UNION ALL
                SELECT 3, 'fields', to_jsonb(v) %1$s
                FROM customer_field_values v WHERE v.tenant_id = :tenant AND v.customer_id = :customer
                UNION ALL
                SELECT 4, 'entries', to_jsonb(e) %1$s
                FROM customer_entries e JOIN homes h ON e.tenant_id = :tenant AND e.customer_id = h.id
                UNION ALL
                SELECT 5, 'consents', to_jsonb(n) %1$s
                FROM customer_consents n WHERE n.tenant_id = :tenant AND n.customer_id = :customer
                UNION ALL
                SELECT 6, 'lifetimeValues', jsonb_build_object('currency', l.currency, 'amount', l.amount)
                FROM customer_lifetime_values l WHERE l.tenant_id = :tenant AND l.customer_id = :customer
                UNION ALL
                SELECT 7, 'shopifyCustomers', to_jsonb(s) %1$s
                FROM shopify_customers s WHERE s.tenant_id = :tenant AND s.customer_id = :customer
                UNION ALL
                SELECT 8, 'orders', to_jsonb(o) %1$s || jsonb_build_object(
                    'items', (SELECT coalesce(jsonb_agg(to_jsonb(t) %1$s ORDER BY t.position), '[]')
                              FROM shopify_order_items t WHERE t.tenant_id = :tenant AND t.order_id = o.id),
                    'refunds', (SELECT coalesce(jsonb_agg(to_jsonb(f) %1$s ORDER BY f.created_at), '[]')
                                FROM shopify_refunds f
                                WHERE f.tenant_id = :tenant AND f.source_account = o.source_account
                                  AND f.shopify_order_id = o.shopify_order_id))
                FROM shopify_orders o WHERE o.tenant_id = :tenant AND o.customer_id = :customer
                UNION ALL
                SELECT 9, 'transactions', to_jsonb(p) %1$s || jsonb_build_object(
                    'refunds', (SELECT coalesce(jsonb_agg(to_jsonb(f) %1$s ORDER BY f.created_at), '[]')
                                FROM transaction_refunds f
                                WHERE f.tenant_id = :tenant AND f.source_type = p.source_type
                                  AND f.source_account = p.source_account
                                  AND f.payment_external_id IN (p.external_id, p.also_known_as)))
                FROM transactions p WHERE p.tenant_id = :tenant AND p.customer_id = :customer
                UNION ALL
                SELECT 10, 'tickets', to_jsonb(k) %1$s
                FROM support_tickets k WHERE k.tenant_id = :tenant AND k.customer_id = :customer
                UNION ALL
                SELECT 11, 'supportContacts', to_jsonb(y) %1$s
                FROM support_contacts y WHERE y.tenant_id = :tenant AND y.customer_id = :customer
                UNION ALL
                SELECT 12, 'appointments', to_jsonb(a) %1$s
                FROM appointments a WHERE a.tenant_id = :tenant AND a.customer_id = :customer
                UNION ALL
                SELECT 13, 'prospects', to_jsonb(q) %1$s
                FROM prospects q WHERE q.tenant_id = :tenant AND q.customer_id = :customer
                UNION ALL
                SELECT 14, 'conversations', to_jsonb(g) %1$s || jsonb_build_object(
                    'messages', (SELECT coalesce(jsonb_agg(to_jsonb(m) %1$s ORDER BY m.sent_at), '[]')
                                 FROM omni_messages m WHERE m.tenant_id = :tenant AND m.conversation_id = g.id))
                FROM omni_conversations g WHERE g.tenant_id = :tenant AND g.customer_id = :customer
                UNION ALL
                SELECT 15, 'enrollments', to_jsonb(r) %1$s
                FROM enrollments r WHERE r.tenant_id = :tenant AND r.customer_id = :customer
                UNION ALL
                SELECT 16, 'decisions', to_jsonb(d) - 'tenant_id'
                FROM match_decisions d JOIN homes h ON d.tenant_id = :tenant AND d.customer_id = h.id) AS entries
            ORDER BY place, entry ->> 'created_at', entry ->> 'id'
            LIMIT :limit
            """
                    .formatted(WITHOUT);

    private final DatabaseClient database;

    PersonExport(DatabaseClient database) {
        this.database = database;
    }

    private record Entry(String section, String json) {}

    /** A document, or why there is none. */
    record Outcome(Optional<String> document, boolean isTooLarge) {}

    Mono<Outcome> of(TenantId tenant, UUID customer) {
        return database.sql(SELECT)
                .bind("tenant", tenant.value())
                .bind("customer", customer)
                .bind("limit", MOST_RECORDS + 1)
                .map(row -> new Entry(Row.text(row, 0), Row.text(row, 1)))
                .all()
                .collectList()
                .map(PersonExport::outcome);
    }

    private static Outcome outcome(List<Entry> entries) {
        if (entries.size() > MOST_RECORDS) {
            return new Outcome(Optional.empty(), true);
        }
        return new Outcome(
                entries.isEmpty() ? Optional.empty() : Optional.of(document(entries)), false);
    }

    /** As the database wrote it: a number of any size stays what it is. */
    private static String document(List<Entry> entries) {
        StringBuilder document = new StringBuilder("{");
        String open = "";
        for (Entry entry : entries) {
            boolean isFirst = !entry.section.equals(open);
            if (isFirst) {
                document.append(open.isEmpty() || open.equals(PROFILE) ? "" : "]")
                        .append(open.isEmpty() ? "\"" : ", \"")
                        .append(entry.section)
                        .append(entry.section.equals(PROFILE) ? "\": " : "\": [");
            }
            document.append(isFirst ? "" : ", ").append(entry.json);
            open = entry.section;
        }
        return document.append(open.equals(PROFILE) ? "}" : "]}").toString();
    }
}
