package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.Assurance;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What a person is known by changes hands, is written otherwise, or is somebody else's later. */
class IdentityOverTimeTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String PHONE = "+966501112223";

    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final TenantId tenant = DATABASE.newTenant();

    private UUID ingest(SourceRecord record) {
        return ingest(List.of(record)).getFirst();
    }

    private List<UUID> ingest(List<SourceRecord> records) {
        return Objects.requireNonNull(
                        ingestion.ingest(records).contextWrite(TenantContext.of(tenant)).block())
                .stream()
                .map(resolution -> resolution.customer().orElseThrow())
                .toList();
    }

    private static SourceRecord message(String name, String phone, Instant at) {
        return Records.conversation(
                new Origin("whatsapp", "waba", newId(), at, at),
                new Person(
                        null,
                        null,
                        null,
                        name,
                        null,
                        List.of(ContactPoint.whatsAppId(phone.substring(1)))),
                "m" + newId());
    }

    private static Instant after(Duration time) {
        return START.plus(time);
    }

    private List<String> ask(String sql) {
        return DATABASE.owner()
                .queryForList(sql.replace(":tenant", "'" + tenant.value() + "'"), String.class);
    }

    private @Nullable String phoneOf(UUID customer) {
        return DATABASE.owner()
                .queryForObject(
                        "SELECT phone FROM customers WHERE tenant_id = ? AND id = ?",
                        String.class,
                        tenant.value(),
                        customer);
    }

    private List<String> candidates() {
        return ask(
                "SELECT rtrim(reason || ' ' || array_to_string(shared_kinds || claimed_kinds, ','))"
                        + " FROM match_candidates WHERE tenant_id = :tenant");
    }

    private List<String> holders() {
        return ask(
                "SELECT customer_id || ' ' || is_generic || ' ' || (valid_to IS NULL)"
                        + " FROM customer_identifiers WHERE tenant_id = :tenant AND kind = 'phone'"
                        + " ORDER BY valid_from, id");
    }

    @Test
    void a_number_that_was_given_up_is_the_next_persons() {
        UUID former = ingest(message("Omar Farouk", PHONE, START));
        Instant later = after(Duration.ofDays(500));

        UUID next = ingest(message("Lina Mansour", PHONE, later));

        assertThat(next).isNotEqualTo(former);
        assertThat(phoneOf(former)).isNull();
        assertThat(phoneOf(next)).isEqualTo(PHONE);
        assertThat(holders()).containsExactly(former + " false false", next + " false true");
        assertThat(candidates()).isEmpty();
        assertThat(
                        ask(
                                "SELECT customer_id || ' ' || other_customer_id FROM change_events"
                                        + " WHERE tenant_id = :tenant AND kind ="
                                        + " 'identifier_moved'"))
                .containsExactly(former + " " + next);
        assertThat(ingest(message("Lina Mansour", PHONE, later.plusSeconds(9)))).isEqualTo(next);
    }

    @Test
    void the_same_is_so_when_both_come_in_one_batch() {
        List<UUID> both =
                ingest(
                        List.of(
                                message("Omar Farouk", PHONE, START),
                                message("Lina Mansour", PHONE, after(Duration.ofDays(500)))));

        assertThat(holders())
                .containsExactly(both.getFirst() + " false false", both.getLast() + " false true");
        assertThat(phoneOf(both.getFirst())).isNull();
        assertThat(phoneOf(both.getLast())).isEqualTo(PHONE);
    }

    @Test
    void whoever_loses_a_number_goes_on_by_another_one() {
        UUID former =
                ingest(
                        ticket(
                                new Person(
                                        null,
                                        null,
                                        null,
                                        "Omar Farouk",
                                        null,
                                        List.of(
                                                ContactPoint.phone(PHONE, Assurance.VERIFIED),
                                                ContactPoint.phone(
                                                        "+966502223334", Assurance.OBSERVED)))));

        ingest(message("Lina Mansour", PHONE, after(Duration.ofDays(500))));

        assertThat(phoneOf(former)).isEqualTo("+966502223334");
        assertThat(
                        ask(
                                "SELECT search_text FROM customer_search WHERE tenant_id = :tenant"
                                        + " AND customer_id = '"
                                        + former
                                        + "'"))
                .singleElement()
                .asString()
                .contains("+966502223334")
                .doesNotContain(PHONE);
    }

    @Test
    void a_number_in_use_is_shared_and_not_given_away() {
        UUID owner = ingest(message("Omar Farouk", PHONE, START));
        ingest(message("Omar Farouk", PHONE, after(Duration.ofDays(300))));

        UUID wife = ingest(message("Lina Mansour", PHONE, after(Duration.ofDays(500))));

        assertThat(phoneOf(owner)).isEqualTo(PHONE);
        assertThat(holders()).containsExactly(owner + " false true", wife + " true true");
        assertThat(candidates()).containsExactly("margin phone");
    }

    @Test
    void nobody_takes_an_old_number_over_by_typing_it() {
        UUID former = ingest(message("Omar Farouk", PHONE, START));
        SourceRecord typed =
                ticket(
                        Records.later(
                                Records.origin("freshdesk", "acme", newId()),
                                Duration.ofDays(900).toSeconds()),
                        Person.of(null, "Lina Mansour", null, PHONE, Assurance.CLAIMED));

        UUID other = ingest(typed);

        assertThat(other).isNotEqualTo(former);
        assertThat(phoneOf(former)).isEqualTo(PHONE);
        assertThat(phoneOf(other)).isNull();
    }

    @Test
    void a_policy_may_keep_numbers_forever() {
        DATABASE.owner()
                .update(
                        "UPDATE identifier_policies SET recycled_after_days = 0"
                                + " WHERE tenant_id = ?",
                        tenant.value());
        UUID former = ingest(message("Omar Farouk", PHONE, START));

        ingest(message("Lina Mansour", PHONE, after(Duration.ofDays(5000))));

        assertThat(phoneOf(former)).isEqualTo(PHONE);
    }

    @Test
    void two_ways_to_write_one_mailbox_are_a_candidate() {
        ingest(ticket(person(null, "Ali Saleh", "ali.saleh@gmail.com", null)));
        ingest(ticket(person(null, "Ali Saleh", "alisaleh@gmail.com", null)));
        ingest(ticket(person(null, "Ali Saleh", "ali.saleh+shop@googlemail.com", null)));

        assertThat(candidates()).containsExactly("same_mailbox", "same_mailbox", "same_mailbox");
    }

    @Test
    void two_ways_to_write_one_mailbox_are_a_candidate_within_a_batch() {
        ingest(
                List.of(
                        ticket(person(null, "Ali Saleh", "alisaleh@gmail.com", null)),
                        ticket(person(null, "Ali Saleh", "a.l.i.saleh@gmail.com", null))));

        assertThat(candidates()).containsExactly("same_mailbox");
    }

    @Test
    void
            a_mailbox_that_somebody_typed_attaches_a_record_and_joins_two_customers_by_a_person_alone() {
        ingest(ticket(person(null, "Ali Saleh", "alisaleh@gmail.com", null)));
        SourceRecord typed =
                ticket(
                        Person.of(
                                null, "Ali Saleh", "ali.saleh@gmail.com", null, Assurance.CLAIMED));
        ingest(typed);
        assertThat(candidates()).containsExactly("same_mailbox");

        ingest(ticket(person("31", "Ali Saleh", null, PHONE)));
        ingest(
                ticket(
                        Person.of(
                                null,
                                "Ali Saleh",
                                "a.lisaleh@gmail.com",
                                PHONE,
                                Assurance.CLAIMED)));

        assertThat(candidates())
                .containsExactlyInAnyOrder(
                        "same_mailbox", "same_mailbox email", "same_mailbox email");
    }

    @Test
    void a_mailbox_is_a_tenants_own() {
        TenantId rival = DATABASE.newTenant();
        Objects.requireNonNull(
                ingestion
                        .ingest(
                                List.of(
                                        ticket(
                                                person(
                                                        null,
                                                        "Ali Saleh",
                                                        "alisaleh@gmail.com",
                                                        null))))
                        .contextWrite(TenantContext.of(rival))
                        .block());

        ingest(ticket(person(null, "Ali Saleh", "ali.saleh@gmail.com", null)));

        assertThat(candidates()).isEmpty();
    }

    @Test
    void a_record_that_names_somebody_else_by_now_has_drifted() {
        SourceRecord first = ticket(person(null, "Omar Farouk", "omar@example.com", null));
        ingest(first);
        ingest(ticket(person(null, "Lina Mansour", "lina@example.com", null)));

        ingest(
                ticket(
                        Records.later(first.origin(), 60),
                        person(null, "Lina Mansour", "lina@example.com", null)));

        assertThat(candidates()).containsExactly("drift email");
    }

    @Test
    void a_name_that_its_record_takes_back_is_the_customers_no_more() {
        SourceRecord sure =
                new SourceRecord.ShopifyCustomerRecord(
                        Records.origin("shopify", "one.myshopify.com", "77"),
                        Person.of("77", "Omar Wrong", "omar@example.com", null, Assurance.VERIFIED),
                        true,
                        null,
                        null,
                        null,
                        null,
                        List.of());
        UUID customer = ingest(sure);
        ingest(ticket(person("5", "Omar Right", "omar@example.com", null)));

        ingest(
                new SourceRecord.ShopifyCustomerRecord(
                        Records.later(sure.origin(), 60),
                        Person.of("77", "Omar Right", "omar@example.com", null, Assurance.OBSERVED),
                        false,
                        null,
                        null,
                        null,
                        null,
                        List.of()));

        assertThat(
                        ask(
                                "SELECT last_name FROM customers WHERE tenant_id = :tenant AND id ="
                                        + " '"
                                        + customer
                                        + "'"))
                .containsExactly("Right");
    }
}
