package io.customergraph.privacy;

import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A copy of everything that is known of one customer: JSON documents of {@link #MOST_ENTRIES}
 * entries at most, one statement each.
 */
final class PersonExport {

    /** The most entries that one document holds; who has more is copied in several. */
    static final int MOST_ENTRIES = 10_000;

    private static final String PROFILE = "profile";
    private static final String WITHOUT = " - '{tenant_id,content_hash,customer_id}'::text[]";

    /**
     * Sections in the order of the document; each row is one entry of its section. The key of an
     * entry stays the same while the entry does, so that none is left out between two documents.
     */
    private static final String SELECT =
            """
            WITH RECURSIVE homes (id) AS (
                SELECT c.id FROM customers c
                WHERE c.tenant_id = :tenant AND c.id = :customer
                UNION
                SELECT c.id FROM homes h
                JOIN customers c ON c.tenant_id = :tenant AND c.merged_into = h.id)
            SELECT section, entry::text, key FROM (
            SELECT section, entry,
                   concat_ws(' ', lpad(place::text, 2, '0'), entry ->> 'created_at', entry ->> 'id',
                             md5(entry::text)) COLLATE "C" AS key
            FROM (
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
                  AND l.amount <> 0
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
                FROM match_decisions d JOIN homes h ON d.tenant_id = :tenant AND d.customer_id = h.id) AS entries) AS keyed
            WHERE key > :after COLLATE "C"
            ORDER BY key
            LIMIT :limit
            """
                    .formatted(WITHOUT);

    private final DatabaseClient database;

    PersonExport(DatabaseClient database) {
        this.database = database;
    }

    private record Entry(String section, String json, String key) {}

    /**
     * A document; empty where there is no such customer.
     *
     * @param next the key of its last entry; null where the copy ends with it
     */
    record Outcome(Optional<String> document, @Nullable String next) {}

    /**
     * A document.
     *
     * @param after the key that the one before ended with; null for the first
     */
    Mono<Outcome> of(TenantId tenant, UUID customer, @Nullable String after) {
        return database.sql(SELECT)
                .bind("tenant", tenant.value())
                .bind("customer", customer)
                .bind("after", after == null ? "" : after)
                .bind("limit", MOST_ENTRIES + 1)
                .map(row -> new Entry(Row.text(row, 0), Row.text(row, 1), Row.text(row, 2)))
                .all()
                .collectList()
                .map(entries -> outcome(entries, after == null));
    }

    private static Outcome outcome(List<Entry> entries, boolean isFirst) {
        if (entries.isEmpty()) {
            return new Outcome(isFirst ? Optional.empty() : Optional.of("{}"), null);
        }
        boolean hasMore = entries.size() > MOST_ENTRIES;
        List<Entry> some = hasMore ? entries.subList(0, MOST_ENTRIES) : entries;
        return new Outcome(Optional.of(document(some)), hasMore ? some.getLast().key : null);
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
