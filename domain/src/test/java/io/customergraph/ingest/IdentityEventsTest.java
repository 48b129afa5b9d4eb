package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.review.CandidateQueue;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

class IdentityEventsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final Instant LATER = START.plus(Duration.ofDays(1));
    private static final String SHOP = "one.myshopify.com";

    private final TenantId tenant = DATABASE.newTenant();
    private final CandidateQueue queue =
            new CandidateQueue(DATABASE.client(), DATABASE.transaction(), Clock.systemUTC());
    private final Ingestion ingestion =
            new Ingestion(DATABASE.client(), DATABASE.transaction(), queue::work);
    private final IdentityEvents events =
            new IdentityEvents(DATABASE.client(), DATABASE.transaction(), queue::work);

    private UUID ingest(SourceRecord record) {
        return Objects.requireNonNull(
                        ingestion
                                .ingest(List.of(record))
                                .contextWrite(TenantContext.of(tenant))
                                .block())
                .getFirst()
                .customer()
                .orElseThrow();
    }

    private List<IdentityEvent.Outcome> apply(TenantId of, IdentityEvent... all) {
        return Objects.requireNonNull(
                events.apply(List.of(all)).contextWrite(TenantContext.of(of)).block());
    }

    private IdentityEvent.Outcome apply(IdentityEvent event) {
        return apply(tenant, event).getFirst();
    }

    private static SourceRecord message(String name, ContactPoint from, Instant at) {
        return Records.conversation(
                new Origin("whatsapp", "waba", newId(), at, at),
                new Person(null, null, null, name, null, List.of(from)),
                "m" + newId());
    }

    private static IdentityEvent numberChanged(
            String before, String after, Instant at, @Nullable String name) {
        return new IdentityEvent.Replaced(
                "whatsapp",
                at,
                ContactPoint.whatsAppId(before),
                ContactPoint.whatsAppId(after),
                name);
    }

    private static IdentityEvent merged(String kept, String absorbed) {
        return new IdentityEvent.Merged(
                "shopify",
                LATER,
                new IdentifierKey(IdentifierKind.SHOPIFY_CUSTOMER_ID, SHOP, kept),
                new IdentifierKey(IdentifierKind.SHOPIFY_CUSTOMER_ID, SHOP, absorbed));
    }

    private List<String> ask(String sql) {
        return DATABASE.owner()
                .queryForList(sql.replace(":tenant", "'" + tenant.value() + "'"), String.class);
    }

    private List<String> identifiers() {
        return ask(
                "SELECT customer_id || ' ' || value || CASE WHEN valid_to IS NULL THEN '' ELSE"
                        + " ' until ' || to_char(valid_to AT TIME ZONE 'UTC', 'YYYY-MM-DD') END"
                        + " FROM customer_identifiers WHERE tenant_id = :tenant"
                        + " ORDER BY valid_from, id");
    }

    private List<String> candidates() {
        return ask(
                "SELECT concat_ws(' ', reason, status, decided_by) FROM match_candidates"
                        + " WHERE tenant_id = :tenant");
    }

    @Test
    void a_changed_number_is_the_same_persons_and_the_old_one_is_free() {
        ContactPoint old = ContactPoint.whatsAppId("966501112223");
        UUID omar = ingest(message("Omar Farouk", old, START));

        assertThat(apply(numberChanged("966501112223", "966504445556", LATER, null)))
                .isEqualTo(IdentityEvent.Outcome.APPLIED);

        assertThat(identifiers())
                .containsExactly(omar + " +966501112223 until 2026-03-02", omar + " +966504445556");
        assertThat(
                        ask(
                                "SELECT phone FROM customers WHERE tenant_id = :tenant AND status ="
                                        + " 'active'"))
                .containsExactly("+966504445556");
        assertThat(ingest(message("Omar Farouk", ContactPoint.whatsAppId("966504445556"), LATER)))
                .isEqualTo(omar);
        assertThat(ingest(message("Lina Mansour", old, LATER.plusSeconds(60)))).isNotEqualTo(omar);
    }

    @Test
    void the_same_event_again_and_an_old_one_change_nothing() {
        ContactPoint old = ContactPoint.whatsAppId("966501112223");
        ingest(message("Omar Farouk", old, START));
        apply(numberChanged("966501112223", "966504445556", LATER, null));
        UUID next = ingest(message("Lina Mansour", old, LATER.plusSeconds(60)));
        List<String> before = identifiers();

        assertThat(apply(numberChanged("966501112223", "966504445556", LATER, null)))
                .isEqualTo(IdentityEvent.Outcome.NOTHING_NEW);

        assertThat(identifiers()).isEqualTo(before);
        assertThat(identifiers()).contains(next + " +966501112223");
    }

    @Test
    void a_family_keeps_the_number_that_one_of_it_changes() {
        ContactPoint family = ContactPoint.whatsAppId("966501112223");
        UUID omar = ingest(message("Omar Farouk", family, START));
        UUID lina = ingest(message("Lina Mansour", family, START.plusSeconds(60)));

        apply(numberChanged("966501112223", "966504445556", LATER, "Omar Farouk"));

        assertThat(ingest(message("Lina Mansour", family, LATER))).isEqualTo(lina);
        assertThat(
                        ask(
                                "SELECT id || ' ' || phone FROM customers WHERE tenant_id = :tenant"
                                        + " ORDER BY phone"))
                .containsExactly(lina + " +966501112223", omar + " +966504445556");
    }

    @Test
    void an_id_that_rotates_is_the_same_persons() {
        UUID omar = ingest(message("Omar", ContactPoint.whatsAppUserId("SA.one", "acme"), START));

        apply(
                new IdentityEvent.Replaced(
                        "whatsapp",
                        LATER,
                        ContactPoint.whatsAppUserId("SA.one", "acme"),
                        ContactPoint.whatsAppUserId("SA.two", "acme"),
                        null));

        assertThat(ingest(message("Omar", ContactPoint.whatsAppUserId("SA.two", "acme"), LATER)))
                .isEqualTo(omar);
        assertThat(ingest(message("Omar", ContactPoint.whatsAppUserId("SA.two", "rival"), LATER)))
                .isNotEqualTo(omar);
    }

    @Test
    void a_number_that_was_given_up_is_nobodys() {
        UUID omar = ingest(message("Omar", ContactPoint.whatsAppId("966501112223"), START));

        assertThat(
                        apply(
                                new IdentityEvent.Ended(
                                        "whatsapp",
                                        LATER,
                                        ContactPoint.whatsAppId("966501112223"))))
                .isEqualTo(IdentityEvent.Outcome.APPLIED);

        assertThat(identifiers()).containsExactly(omar + " +966501112223 until 2026-03-02");
        assertThat(ask("SELECT phone FROM customers WHERE tenant_id = :tenant"))
                .containsExactly((String) null);
    }

    @Test
    void whoever_has_the_new_number_already_may_be_the_same_person() {
        ingest(message("Omar Farouk", ContactPoint.whatsAppId("966501112223"), START));
        ingest(ticket(person("7", "Omar Farouk", "omar@example.com", "+966504445556")));

        apply(numberChanged("966501112223", "966504445556", LATER, null));

        assertThat(candidates()).containsExactly("source_merge merged AUTOMATIC");
    }

    @Test
    void what_the_source_merged_leads_to_whom_it_kept() {
        UUID kept = ingest(shopifyCustomer("1", "Mona Aziz", "mona@example.com", null));
        UUID absorbed = ingest(shopifyCustomer("2", "Mona Aziz", "aziz@example.com", null));

        assertThat(apply(merged("1", "2"))).isEqualTo(IdentityEvent.Outcome.APPLIED);

        assertThat(candidates()).containsExactly("source_merge merged AUTOMATIC");
        assertThat(
                        ask(
                                "SELECT merged_into::text FROM customers WHERE tenant_id = :tenant"
                                        + " AND status = 'merged'"))
                .containsExactly(kept.toString());
        assertThat(absorbed).isNotEqualTo(kept);
        assertThat(apply(merged("1", "2"))).isEqualTo(IdentityEvent.Outcome.NOTHING_NEW);
    }

    @Test
    void a_merge_in_the_source_of_people_of_two_names_asks_a_person() {
        ingest(shopifyCustomer("1", "Mona Aziz", "mona@example.com", null));
        ingest(shopifyCustomer("2", "Tariq Saleh", "tariq@example.com", null));

        apply(merged("1", "2"));

        assertThat(candidates()).containsExactly("source_merge open SOURCE_SAYS_SO");
    }

    @Test
    void an_id_that_the_source_merged_unseen_still_finds_its_person() {
        UUID kept = ingest(shopifyCustomer("1", "Mona Aziz", "mona@example.com", null));

        apply(merged("1", "2"));

        assertThat(
                        ingest(
                                Records.order(
                                        person("2", null, null, null),
                                        "10.00",
                                        "SAR",
                                        "paid",
                                        LATER)))
                .isEqualTo(kept);
    }

    @Test
    void events_of_one_batch_build_on_each_other_and_are_each_answered() {
        UUID omar = ingest(message("Omar", ContactPoint.whatsAppId("966501112223"), START));

        assertThat(
                        apply(
                                tenant,
                                numberChanged("966501112223", "966504445556", LATER, null),
                                numberChanged(
                                        "966504445556", "966507778889", LATER.plusSeconds(9), null),
                                numberChanged("966500000001", "966500000002", LATER, null),
                                numberChanged("none", "966500000002", LATER, null)))
                .containsExactly(
                        IdentityEvent.Outcome.APPLIED,
                        IdentityEvent.Outcome.APPLIED,
                        IdentityEvent.Outcome.NOBODY_KNOWN,
                        IdentityEvent.Outcome.UNREADABLE);

        assertThat(identifiers())
                .containsExactly(
                        omar + " +966501112223 until 2026-03-02",
                        omar + " +966504445556 until 2026-03-02",
                        omar + " +966507778889");
    }

    @Test
    void an_event_touches_its_own_tenant_alone() {
        TenantId rival = DATABASE.newTenant();
        UUID omar = ingest(message("Omar", ContactPoint.whatsAppId("966501112223"), START));

        assertThat(apply(rival, numberChanged("966501112223", "966504445556", LATER, null)))
                .containsExactly(IdentityEvent.Outcome.NOBODY_KNOWN);

        assertThat(identifiers()).containsExactly(omar + " +966501112223");
    }
}
