package io.customergraph.merge;

import io.customergraph.customer.Change;
import io.customergraph.customer.CustomerDraft;
import io.customergraph.customer.CustomerWrites;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A tenant of a test's own, and what can be done and seen in it. */
final class People {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    final TenantId tenant = DATABASE.newTenant();
    final Merges merges = new Merges(DATABASE.client(), DATABASE.transaction());
    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final CustomerWrites writes =
            new CustomerWrites(DATABASE.client(), DATABASE.transaction());

    UUID ingest(SourceRecord record) {
        return as(ingestion.ingest(List.of(record))).getFirst().customer().orElseThrow();
    }

    void rename(UUID customer, String firstName) {
        as(
                writes.update(
                        customer,
                        null,
                        new CustomerDraft(
                                Change.set(firstName),
                                Change.keep(),
                                Change.keep(),
                                Change.keep(),
                                Change.keep(),
                                Change.keep(),
                                Change.keep(),
                                Change.keep())));
    }

    void enterEmail(UUID customer, String email) {
        as(
                writes.update(
                        customer,
                        null,
                        new CustomerDraft(
                                Change.keep(),
                                Change.keep(),
                                Change.set(email),
                                Change.keep(),
                                Change.keep(),
                                Change.keep(),
                                Change.keep(),
                                Change.keep())));
    }

    <T> T as(Mono<T> work) {
        Caller steward =
                new Caller(
                        tenant,
                        "key:steward",
                        Set.of(Scope.CUSTOMERS_WRITE, Scope.MATCHING_REVIEW));
        return Objects.requireNonNull(work.contextWrite(TenantContext.of(steward)).block());
    }

    MergePreview preview(UUID survivor, UUID... absorbed) {
        return as(merges.preview(survivor, List.of(absorbed)));
    }

    MergeOutcome merge(UUID survivor, UUID... absorbed) {
        MergePreview preview = preview(survivor, absorbed);
        return merge(preview, Objects.requireNonNullElse(preview.token(), "none"));
    }

    MergeOutcome merge(MergePreview preview, String token) {
        return as(
                merges.merge(
                        new MergeRequest(
                                preview.survivor(),
                                preview.absorbed(),
                                token,
                                Set.of(MergeBlocker.Code.TWO_IDS_IN_ONE_ACCOUNT),
                                Map.of(),
                                "the same")));
    }

    MergeOutcome unmerge(UUID absorbed) {
        return as(merges.unmerge(absorbed, "not the same"));
    }

    void ban(UUID a, UUID b) {
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO match_decisions (
                            tenant_id, id, kind, customer_id, other_customer_id, rule, actor)
                        VALUES (?, gen_random_uuid(), 'ban', ?, ?, 'steward', 'test')
                        """,
                        tenant.value(),
                        a,
                        b);
    }

    void consent(UUID customer, String channel, String state) {
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO customer_consents (
                            tenant_id, id, customer_id, channel, purpose, state, source_type,
                            recorded_at)
                        VALUES (?, gen_random_uuid(), ?, ?, 'marketing', ?, 'shopify', now())
                        """,
                        tenant.value(),
                        customer,
                        channel,
                        state);
    }

    List<String> ask(String sql) {
        return DATABASE.owner()
                .queryForList(sql.replace(":tenant", "'" + tenant.value() + "'"), String.class);
    }

    /**
     * Everything on the customers' side, a customer called by its records: equal for two tenants to
     * whom the same happened.
     */
    List<String> everything() {
        return ask(EVERYTHING);
    }

    private static final String EVERYTHING =
            """
            WITH records (customer_id, record) AS (
                SELECT customer_id, 'ticket ' || external_id FROM support_tickets
                WHERE tenant_id = :tenant
                UNION ALL
                SELECT customer_id, 'contact ' || external_id FROM support_contacts
                WHERE tenant_id = :tenant
                UNION ALL
                SELECT customer_id, 'appointment ' || external_id FROM appointments
                WHERE tenant_id = :tenant
                UNION ALL
                SELECT customer_id, 'prospect ' || external_id FROM prospects
                WHERE tenant_id = :tenant
                UNION ALL
                SELECT customer_id, 'order ' || shopify_order_id FROM shopify_orders
                WHERE tenant_id = :tenant),
            labels (id, label) AS (
                SELECT customer_id, min(record) FROM records GROUP BY customer_id)
            SELECT 'record ' || record || ' of ' || label
            FROM records r JOIN labels l ON l.id = r.customer_id
            UNION ALL
            SELECT concat_ws('|', 'customer', coalesce(label, 'nobody'), status, source, first_name,
                       last_name, email, phone, sort_name, total_appointments,
                       total_conversations, total_tickets, total_orders,
                       extract(epoch FROM last_contact_at), s.search_text)
            FROM customers c
            LEFT JOIN labels l ON l.id = c.id
            LEFT JOIN customer_search s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id
            WHERE c.tenant_id = :tenant
            UNION ALL
            SELECT concat_ws('|', 'identifier', label, kind, scope, value, assurance, is_generic,
                       valid_to IS NULL, people_seen::text, home_id)
            FROM customer_identifiers i JOIN labels l ON l.id = i.customer_id
            WHERE i.tenant_id = :tenant
            UNION ALL
            SELECT concat_ws('|', 'field', label, field, value, source_type, record_type, assurance)
            FROM customer_field_values v JOIN labels l ON l.id = v.customer_id
            WHERE v.tenant_id = :tenant
            UNION ALL
            SELECT concat_ws('|', 'entry', label, field, value)
            FROM customer_entries e JOIN labels l ON l.id = e.customer_id
            WHERE e.tenant_id = :tenant
            UNION ALL
            SELECT concat_ws('|', 'value', label, currency, amount)
            FROM customer_lifetime_values v JOIN labels l ON l.id = v.customer_id
            WHERE v.tenant_id = :tenant AND amount <> 0
            UNION ALL
            SELECT concat_ws('|', 'link', label, record_type, rule)
            FROM match_decisions d JOIN labels l ON l.id = d.customer_id
            WHERE d.tenant_id = :tenant AND d.kind = 'link' AND d.withdrawn_at IS NULL
            ORDER BY 1
            """;
}
