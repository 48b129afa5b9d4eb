package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.CustomerKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.link.PastCustomers;
import io.customergraph.review.CandidateQueue;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What a hostile or unlucky order of records and events does to what people are known by. */
class IdentityUnderAttackTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final Instant LATER = START.plus(Duration.ofDays(1));
    private static final String NUMBER = "966501112223";

    /** No two of them may be one person. */
    private static final List<String> NAMES =
            List.of(
                    "Omar Farouk",
                    "Lina Mansour",
                    "Tariq Saleh",
                    "Mona Aziz",
                    "John Baker",
                    "Wei Zhang",
                    "Priya Nair",
                    "Carlos Mendoza",
                    "Olga Ivanova",
                    "Hiroshi Tanaka",
                    "Fatou Diop",
                    "Lars Svensson",
                    "Bianca Rossi",
                    "Kwame Mensah",
                    "Zeynep Yilmaz",
                    "Pedro Oliveira",
                    "Greta Schmidt",
                    "Nguyen Thi",
                    "Aisha Qureshi",
                    "Bob Dylan",
                    "Ximena Vargas",
                    "Ulrich Weber",
                    "Quentin Dubois",
                    "Yara Haddad",
                    "Viktor Petrov",
                    "Edith Clarke");

    private final TenantId tenant = DATABASE.newTenant();
    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final IdentityEvents events =
            new IdentityEvents(DATABASE.client(), DATABASE.transaction(), Mono::empty);

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

    /** Whose it is; empty where nobody is told by it. */
    private Optional<UUID> feed(SourceRecord record) {
        return Objects.requireNonNull(
                        ingestion
                                .ingest(List.of(record))
                                .contextWrite(TenantContext.of(tenant))
                                .block())
                .getFirst()
                .customer();
    }

    private List<IdentityEvent.Outcome> apply(IdentityEvent... all) {
        return Objects.requireNonNull(
                events.apply(List.of(all)).contextWrite(TenantContext.of(tenant)).block());
    }

    private static SourceRecord message(String name, ContactPoint from, Instant at) {
        return Records.conversation(
                new Origin("whatsapp", "waba", newId(), at, at),
                new Person(null, null, null, name, null, List.of(from)),
                "m" + newId());
    }

    private static ContactPoint number(String digits) {
        return ContactPoint.whatsAppId(digits);
    }

    private static IdentityEvent numberChanged(
            String before, String after, Instant at, @Nullable String name) {
        return new IdentityEvent.Replaced("whatsapp", at, number(before), number(after), name);
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

    private List<String> living() {
        return ask(
                "SELECT customer_id || ' ' || value FROM customer_identifiers"
                        + " WHERE tenant_id = :tenant AND valid_to IS NULL");
    }

    private void share(int people) {
        for (int n = 0; n < people; n++) {
            ingest(message(NAMES.get(n), number(NUMBER), START.plus(Duration.ofDays(60L * n))));
        }
    }

    @Test
    void a_name_told_with_a_renewed_id_is_not_what_its_person_is_told_by() {
        UUID omar = ingest(message("Omar", ContactPoint.whatsAppUserId("SA.one", "acme"), START));
        apply(
                new IdentityEvent.Replaced(
                        "whatsapp",
                        LATER,
                        ContactPoint.whatsAppUserId("SA.one", "acme"),
                        ContactPoint.whatsAppUserId("SA.two", "acme"),
                        "Omar Farouk"));

        for (int n = 1; n <= 3; n++) {
            ingest(
                    message(
                            "Sunset Lover",
                            ContactPoint.whatsAppUserId("SA.two", "acme"),
                            LATER.plusSeconds(n)));
        }

        assertThat(ask("SELECT id FROM customers WHERE tenant_id = :tenant"))
                .containsExactly(omar.toString());
    }

    @Test
    void a_number_that_many_shared_is_the_next_persons_when_they_gave_it_up() {
        share(23);
        Instant longAfter = START.plus(Duration.ofDays(60L * 23 + 400));

        UUID next = ingest(message(NAMES.get(25), number(NUMBER), longAfter));

        assertThat(living()).containsExactly(next + " +" + NUMBER);
    }

    @Test
    void a_number_that_many_shared_is_nobodys_when_it_was_given_up() {
        share(23);

        apply(
                new IdentityEvent.Ended(
                        "whatsapp", START.plus(Duration.ofDays(3000)), number(NUMBER)));

        assertThat(living()).isEmpty();
    }

    @Test
    void nobody_is_found_by_a_second_number_that_was_given_up() {
        ingest(
                ticket(
                        new Person(
                                null,
                                null,
                                null,
                                "Omar Farouk",
                                null,
                                List.of(
                                        ContactPoint.phone("+966502223334", Assurance.VERIFIED),
                                        ContactPoint.phone("+" + NUMBER, Assurance.OBSERVED)))));

        apply(new IdentityEvent.Ended("whatsapp", LATER, number(NUMBER)));

        assertThat(
                        ask(
                                "SELECT search_text FROM customer_search WHERE tenant_id = :tenant"
                                        + " AND search_text LIKE '%"
                                        + NUMBER
                                        + "%'"))
                .isEmpty();
    }

    @Test
    void who_loses_a_number_within_one_batch_goes_on_by_another_one() {
        List<UUID> both =
                ingest(
                        List.of(
                                ticket(
                                        new Person(
                                                null,
                                                null,
                                                null,
                                                "Omar Farouk",
                                                null,
                                                List.of(
                                                        ContactPoint.phone(
                                                                "+" + NUMBER, Assurance.VERIFIED),
                                                        ContactPoint.phone(
                                                                "+966502223334",
                                                                Assurance.OBSERVED)))),
                                message(
                                        "Lina Mansour",
                                        number(NUMBER),
                                        START.plus(Duration.ofDays(500)))));

        assertThat(phoneOf(both.getFirst())).isEqualTo("+966502223334");
    }

    @Test
    void a_history_that_comes_newest_first_makes_no_hub_of_what_is_none_oldest_first() {
        List<SourceRecord> history = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            history.add(
                    ticket(
                            new Origin(
                                    "freshdesk",
                                    "acme",
                                    newId(),
                                    START.plus(Duration.ofDays(200L * n)),
                                    START.plus(Duration.ofDays(200L * n))),
                            person(null, NAMES.get(n), "desk@example.com", null)));
        }

        history.reversed().forEach(this::feed);

        assertThat(
                        ask(
                                "SELECT value FROM customer_identifiers WHERE tenant_id = :tenant"
                                        + " AND is_generic"))
                .isEmpty();
    }

    @Test
    void the_same_history_oldest_first_makes_no_hub() {
        for (int n = 0; n < 12; n++) {
            Instant at = START.plus(Duration.ofDays(200L * n));
            ingest(
                    ticket(
                            new Origin("freshdesk", "acme", newId(), at, at),
                            person(null, NAMES.get(n), "desk@example.com", null)));
        }

        assertThat(
                        ask(
                                "SELECT value FROM customer_identifiers WHERE tenant_id = :tenant"
                                        + " AND is_generic"))
                .isEmpty();
    }

    @Test
    void whoever_inherits_a_number_is_told_of_as_changed() {
        ingest(message("Omar Farouk", number(NUMBER), START));
        UUID lina = ingest(message("Lina Mansour", number(NUMBER), START.plusSeconds(60)));

        apply(numberChanged(NUMBER, "966504445556", LATER, "Omar Farouk"));

        assertThat(phoneOf(lina)).isEqualTo("+" + NUMBER);
        assertThat(
                        ask(
                                "SELECT customer_id FROM change_events WHERE tenant_id = :tenant"
                                        + " AND kind = 'customer_changed'"))
                .contains(lina.toString());
    }

    @Test
    void who_does_not_say_whose_shared_number_changed_takes_it_from_nobody() {
        UUID omar = ingest(message("Omar Farouk", number(NUMBER), START));
        ingest(message("Lina Mansour", number(NUMBER), START.plusSeconds(60)));

        apply(numberChanged(NUMBER, "966504445556", LATER, null));

        assertThat(living()).contains(omar + " +" + NUMBER);
    }

    @Test
    void two_who_swap_their_numbers_have_one_each() {
        UUID omar = ingest(message("Omar Farouk", number(NUMBER), START));
        UUID lina = ingest(message("Lina Mansour", number("966504445556"), START));

        apply(
                numberChanged(NUMBER, "966504445556", LATER, "Omar Farouk"),
                numberChanged("966504445556", NUMBER, LATER, "Lina Mansour"));

        assertThat(living())
                .containsExactlyInAnyOrder(omar + " +966504445556", lina + " +" + NUMBER);
    }

    @Test
    void a_value_that_was_blocked_since_ends_all_the_same() {
        ingest(message("Omar Farouk", number(NUMBER), START));
        DATABASE.owner()
                .update(
                        "UPDATE identifier_policies SET blocked_patterns = '{+96650111*}' WHERE"
                                + " tenant_id = ? AND kind = 'phone'",
                        tenant.value());

        apply(new IdentityEvent.Ended("whatsapp", LATER, number(NUMBER)));

        assertThat(living()).isEmpty();
    }

    @Test
    void whoever_changes_to_a_number_that_names_nobody_alone_has_it_as_evidence() {
        UUID omar = ingest(message("Omar Farouk", number(NUMBER), START));
        DATABASE.owner()
                .update(
                        "UPDATE identifier_policies SET blocked_patterns = '{+966504445*}' WHERE"
                                + " tenant_id = ? AND kind = 'phone'",
                        tenant.value());

        apply(numberChanged(NUMBER, "966504445556", LATER, null));

        assertThat(living()).containsExactly(omar + " +966504445556");
    }

    @Test
    void forms_that_anybody_fills_in_do_not_cut_an_address_off_its_verified_owner() {
        UUID mona = ingest(shopifyCustomer("1", "Mona Aziz", "mona@example.com", null));
        for (int n = 4; n < 16; n++) {
            feed(Records.withContacts(NAMES.get(n), Records.claimedEmail("mona@example.com")));
        }

        assertThat(feed(ticket(person(null, "Mona Aziz", "mona@example.com", null))))
                .contains(mona);
    }

    @Test
    void a_shared_number_named_its_owner_before_it_turned_generic() {
        UUID omar = ingest(message("Omar Farouk", number(NUMBER), START));
        for (int n = 1; n < 12; n++) {
            feed(message(NAMES.get(n), number(NUMBER), START.plus(Duration.ofDays(n))));
        }

        assertThat(
                        new PastCustomers(DATABASE.client())
                                .of(
                                        new CustomerKey.Value(
                                                IdentifierKind.PHONE, "", "+" + NUMBER),
                                        Instant.parse("2027-01-01T00:00:00Z"))
                                .contextWrite(TenantContext.of(tenant))
                                .block())
                .satisfiesAnyOf(
                        found -> assertThat(found).isNull(),
                        found -> assertThat(Objects.requireNonNull(found).id()).isEqualTo(omar));
    }

    @Test
    void a_claimed_value_in_an_event_merges_nobody() {
        UUID victim = ingest(shopifyCustomer("1", "Mona Aziz", "mona@example.com", null));
        UUID thief = ingest(message("Mona Aziz", number(NUMBER), START));
        apply(
                new IdentityEvent.Replaced(
                        "web",
                        LATER,
                        number(NUMBER),
                        Records.claimedEmail("mona@example.com"),
                        "Mona Aziz"));

        new CandidateQueue(DATABASE.client(), DATABASE.transaction(), Clock.systemUTC())
                .work()
                .contextWrite(TenantContext.of(tenant))
                .block();

        assertThat(
                        ask(
                                "SELECT id FROM customers WHERE tenant_id = :tenant AND status ="
                                        + " 'active'"))
                .containsExactlyInAnyOrder(victim.toString(), thief.toString());
    }

    @Test
    void a_number_that_its_owner_writes_from_without_a_name_is_in_use() {
        UUID omar = ingest(message("Omar Farouk", number(NUMBER), START));
        for (int n = 1; n < 14; n++) {
            assertThat(ingest(message("", number(NUMBER), START.plus(Duration.ofDays(30L * n)))))
                    .isEqualTo(omar);
        }

        ingest(message("Lina Mansour", number(NUMBER), START.plus(Duration.ofDays(400))));

        assertThat(phoneOf(omar)).isEqualTo("+" + NUMBER);
    }
}
