package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.appointment;
import static io.customergraph.testing.Records.conversation;
import static io.customergraph.testing.Records.later;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.order;
import static io.customergraph.testing.Records.origin;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.prospect;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.customer.Assurance;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.NonTransientDataAccessException;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

class IngestionTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final TenantId tenant = DATABASE.newTenant();

    private List<Resolution> ingest(SourceRecord... records) {
        return ingest(tenant, List.of(records));
    }

    private List<Resolution> ingest(TenantId of, List<SourceRecord> records) {
        return Objects.requireNonNull(
                ingestion.ingest(records).contextWrite(TenantContext.of(of)).block());
    }

    private UUID customerOf(SourceRecord record) {
        return ingest(record).getFirst().customer().orElseThrow();
    }

    private long count(String table) {
        Long count =
                DATABASE.owner()
                        .queryForObject(
                                "SELECT count(*) FROM " + table + " WHERE tenant_id = ?",
                                Long.class,
                                tenant.value());
        return Objects.requireNonNull(count);
    }

    private Map<String, @Nullable Object> customer(UUID id) {
        return DATABASE.owner()
                .queryForMap(
                        "SELECT * FROM customers WHERE tenant_id = ? AND id = ?",
                        tenant.value(),
                        id);
    }

    @Test
    void one_person_met_by_several_sources_is_one_customer() {
        UUID customer =
                customerOf(
                        shopifyCustomer(
                                newId(), "Sara Haddad", "sara@example.com", "+966 50 123 4567"));

        assertThat(customerOf(ticket(person("9", "S. Haddad", " SARA@Example.com ", null))))
                .isEqualTo(customer);
        assertThat(customerOf(appointment(person(null, "Sara", null, "٠٥٠١٢٣٤٥٦٧"), START)))
                .isEqualTo(customer);
        assertThat(customerOf(ticket(person("9", null, "other@example.com", null))))
                .isEqualTo(customer);
        assertThat(count("customers")).isEqualTo(1);
        assertThat(customer(customer))
                .containsEntry("first_name", "Sara")
                .containsEntry("last_name", "Haddad")
                .containsEntry("email", "sara@example.com")
                .containsEntry("phone", "+966501234567")
                .containsEntry("total_tickets", 2)
                .containsEntry("total_appointments", 1);
        assertThat(count("match_decisions")).isEqualTo(4);
    }

    @Test
    void the_same_records_again_change_nothing() {
        List<SourceRecord> records =
                List.of(
                        shopifyCustomer(newId(), "Ali Saleh", "ali@example.com", null),
                        ticket(person("4", "Ali Saleh", "ali@example.com", null)),
                        order(
                                person(null, null, "ali@example.com", null),
                                "12.50",
                                "SAR",
                                "paid",
                                START),
                        conversation(
                                origin("whatsapp", "waba", newId()),
                                person(null, "Ali", "ali@example.com", null),
                                "m1",
                                "m2"));
        ingest(tenant, records);
        List<Map<String, @Nullable Object>> before = everything();

        List<Resolution> again = ingest(tenant, records);

        assertThat(again).allMatch(Resolution.Unchanged.class::isInstance);
        assertThat(again).extracting(Resolution::customer).doesNotContain(Optional.empty());
        assertThat(everything()).isEqualTo(before);
    }

    private List<Map<String, @Nullable Object>> everything() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String table :
                List.of(
                        "customers",
                        "customer_identifiers",
                        "customer_field_values",
                        "customer_search",
                        "customer_consents",
                        "customer_lifetime_values",
                        "match_decisions",
                        "change_events",
                        "shopify_customers",
                        "shopify_orders",
                        "shopify_order_items",
                        "support_tickets",
                        "omni_conversations",
                        "omni_messages")) {
            rows.addAll(
                    DATABASE.owner()
                            .queryForList(
                                    "SELECT '"
                                            + table
                                            + "' AS of, t::text FROM "
                                            + table
                                            + " t WHERE tenant_id = ? ORDER BY t::text",
                                    tenant.value()));
        }
        return rows;
    }

    @Test
    void the_same_raw_id_in_two_accounts_is_two_people() {
        UUID one =
                customerOf(
                        ticket(origin("freshdesk", "acme", "42"), person("42", "A", null, null)));
        UUID two =
                customerOf(
                        ticket(origin("freshdesk", "beta", "42"), person("42", "B", null, null)));

        assertThat(one).isNotEqualTo(two);
        assertThat(count("support_tickets")).isEqualTo(2);
    }

    @Test
    void a_contact_with_a_business_scoped_id_alone_is_a_customer() {
        Person hidden =
                new Person(
                        null,
                        null,
                        null,
                        "Noor",
                        null,
                        List.of(ContactPoint.whatsAppUserId("SA.abc123", "portfolio-1")));

        UUID first = customerOf(conversation(origin("whatsapp", "waba", newId()), hidden, "m"));
        UUID second = customerOf(conversation(origin("whatsapp", "waba", newId()), hidden, "m"));

        assertThat(second).isEqualTo(first);
        assertThat(customer(first))
                .containsEntry("first_name", "Noor")
                .containsEntry("email", null);
    }

    @Test
    void a_claimed_address_attaches_and_never_merges_two_customers() {
        UUID victim = customerOf(shopifyCustomer(newId(), "Vera", "vera@example.com", null));
        UUID other = customerOf(shopifyCustomer(newId(), "Omar", null, "+966501111111"));

        SourceRecord claims =
                Records.withContacts(
                        "Omar",
                        ContactPoint.phone("+966501111111", Assurance.CLAIMED),
                        Records.claimedEmail("vera@example.com"));

        assertThat(customerOf(claims)).isEqualTo(victim);
        assertThat(count("customers")).isEqualTo(2);
        assertThat(customer(other)).containsEntry("status", "active");
        assertThat(customer(other)).containsEntry("phone", "+966501111111");
        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT evidence ->> 'also_known' FROM match_decisions"
                                                + " WHERE tenant_id = ? AND rule = 'email'",
                                        String.class,
                                        tenant.value()))
                .contains(other.toString());
    }

    @Test
    void a_claimed_name_never_replaces_a_verified_one() {
        UUID customer = customerOf(shopifyCustomer(newId(), "Vera Lind", "v@example.com", null));

        ingest(
                ticket(
                        later(origin("web", "form", newId()), 3600),
                        Person.of(null, "Evil Twin", "v@example.com", null, Assurance.CLAIMED)));

        assertThat(customer(customer)).containsEntry("first_name", "Vera");
    }

    @Test
    void a_value_of_too_many_people_turns_generic_and_links_nobody() {
        DATABASE.owner()
                .update(
                        "UPDATE identifier_policies SET max_people = 3 WHERE tenant_id = ?",
                        tenant.value());
        List<String> names =
                List.of("Ann Archer", "Bob Baker", "Cid Cook", "Dan Dyer", "Eve Eaton");
        List<UUID> customers = new ArrayList<>();
        for (String name : names) {
            customers.add(customerOf(ticket(person(newId(), name, null, "+966502222222"))));
        }

        assertThat(customers).doesNotHaveDuplicates();
        assertThat(ingest(ticket(person(null, "Fay Ford", null, "+966502222222"))))
                .allMatch(Resolution.Unattributed.class::isInstance);
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT is_generic FROM customer_identifiers WHERE"
                                                + " tenant_id = ? AND kind = 'phone'",
                                        Boolean.class,
                                        tenant.value()))
                .isNotEmpty()
                .containsOnly(true);
        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT count(*) FROM change_events WHERE tenant_id = ?"
                                                + " AND kind = 'identifier_generic'",
                                        Long.class,
                                        tenant.value()))
                .isEqualTo(1);
    }

    @Test
    void a_family_on_one_phone_is_told_apart_by_name() {
        UUID sara = customerOf(ticket(person("1", "Sara Haddad", null, "+966502222223")));
        UUID omar = customerOf(ticket(person("2", "Omar Haddad", null, "+966502222223")));

        assertThat(omar).isNotEqualTo(sara);
        assertThat(customerOf(ticket(person(null, "Omar Haddad", null, "+966502222223"))))
                .isEqualTo(omar);
        assertThat(customerOf(ticket(person(null, "سارة حداد", null, "+966502222223"))))
                .isEqualTo(sara);
        assertThat(customerOf(ticket(person(null, "S. Haddad", null, "+966502222223"))))
                .isEqualTo(sara);
        assertThat(customerOf(ticket(person(null, null, null, "+966502222223")))).isEqualTo(sara);
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT reason || ' ' || shared_kinds::text FROM"
                                                + " match_candidates WHERE tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .containsExactly("margin {phone}");
    }

    @Test
    void of_a_family_that_comes_at_once_each_is_one_customer() {
        customerOf(ticket(person(null, "Sara Haddad", null, "+966502222224")));

        Flux.range(0, 16)
                .flatMap(
                        n ->
                                ingestion
                                        .ingest(
                                                List.of(
                                                        ticket(
                                                                person(
                                                                        null,
                                                                        n % 2 == 0
                                                                                ? "Omar Haddad"
                                                                                : "Layla Haddad",
                                                                        null,
                                                                        "+966502222224"))))
                                        .contextWrite(TenantContext.of(tenant)),
                        8)
                .blockLast();

        assertThat(count("customers")).isEqualTo(3);
    }

    @Test
    void another_id_in_the_same_shop_is_another_person_whatever_else_they_share() {
        UUID one = customerOf(shopifyCustomer("771", "Mona Aziz", "mona@x.example", null));
        UUID two = customerOf(shopifyCustomer("772", "Mona Aziz", "mona@x.example", null));

        assertThat(two).isNotEqualTo(one);
        assertThat(customerOf(shopifyCustomer("772", "Mona", "mona@x.example", null)))
                .isEqualTo(two);
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT reason FROM match_candidates WHERE tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .containsExactly("conflict");
    }

    @Test
    void the_owner_of_a_value_that_turns_generic_may_come_again_in_the_same_batch() {
        DATABASE.owner()
                .update(
                        "UPDATE identifier_policies SET max_people = 3 WHERE tenant_id = ?",
                        tenant.value());
        UUID ann = customerOf(ticket(person("1", "Ann Archer", null, "+966502222222")));

        List<Resolution> resolutions =
                ingest(
                        ticket(person(newId(), "Bob Baker", null, "+966502222222")),
                        ticket(person(newId(), "Cid Cook", null, "+966502222222")),
                        ticket(person(newId(), "Dan Dyer", null, "+966502222222")),
                        ticket(person("1", "Ann Archer", null, "+966502222222")));

        assertThat(resolutions.get(3).customer()).contains(ann);
        assertThat(resolutions.get(2).customer()).isPresent().isNotEqualTo(Optional.of(ann));
    }

    @Test
    void a_blocked_value_identifies_nobody() {
        DATABASE.owner()
                .update(
                        "UPDATE identifier_policies SET blocked_patterns = ARRAY['shop*@*']"
                                + " WHERE tenant_id = ? AND kind = 'email'",
                        tenant.value());

        List<Resolution> resolutions =
                ingest(
                        ticket(person(null, "A", "shop1@example.com", null)),
                        ticket(person(null, "B", "shop1@example.com", null)));

        assertThat(resolutions).allMatch(Resolution.Unattributed.class::isInstance);
        assertThat(count("support_tickets")).isEqualTo(2);
    }

    @Test
    void an_older_version_never_overwrites_a_newer_one() {
        Origin origin = origin("freshdesk", "acme", newId());
        Person person = person("8", "Zoe", "zoe@example.com", null);
        ingest(ticket(later(origin, 60), person));

        assertThat(ingest(olderTicket(origin, person)))
                .allMatch(Resolution.Unchanged.class::isInstance);

        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT subject FROM support_tickets WHERE tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .isEqualTo("Where is it?");
    }

    private static SourceRecord olderTicket(Origin origin, Person person) {
        return new SourceRecord.SupportTicketRecord(
                origin, person, "Older", null, "open", null, null, List.of(), null, null);
    }

    @Test
    void messages_of_an_older_version_of_a_conversation_are_kept() {
        Origin origin = origin("whatsapp", "waba", newId());
        Person person = person(null, "Zoe", "zoe@example.com", null);
        ingest(conversation(later(origin, 60), person, "m2"));

        ingest(conversation(origin, person, "m1"));
        ingest(
                conversation(later(origin, 90), person, "m3"),
                conversation(later(origin, 120), person, "m4"));

        assertThat(count("omni_messages")).isEqualTo(4);
        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT message_count FROM omni_conversations WHERE"
                                                + " tenant_id = ?",
                                        Integer.class,
                                        tenant.value()))
                .isEqualTo(4);
    }

    @Test
    void what_the_database_does_for_nobody_is_no_records_fault() {
        SourceRecord right = ticket(person("2", "A", "a@example.com", null));
        DATABASE.owner().execute("REVOKE INSERT ON support_tickets FROM customergraph_app");
        try {
            assertThatThrownBy(() -> ingest(right))
                    .isInstanceOf(NonTransientDataAccessException.class);
        } finally {
            DATABASE.owner().execute("GRANT INSERT ON support_tickets TO customergraph_app");
        }

        assertThat(ingest(right)).first().isInstanceOf(Resolution.Created.class);
    }

    @Test
    void a_record_that_the_database_refuses_does_not_stop_the_others() {
        SourceRecord bad =
                new SourceRecord.SupportTicketRecord(
                        origin("freshdesk", "acme", newId()),
                        person("1", "Bad", "bad@example.com", null),
                        null,
                        null,
                        "no such status",
                        null,
                        null,
                        List.of(),
                        null,
                        null);

        List<Resolution> resolutions =
                ingest(
                        ticket(person("2", "A", "a@example.com", null)),
                        bad,
                        ticket(person("3", "B", "b@example.com", null)));

        assertThat(resolutions.get(0)).isInstanceOf(Resolution.Created.class);
        assertThat(resolutions.get(1)).isInstanceOf(Resolution.Rejected.class);
        assertThat(resolutions.get(2)).isInstanceOf(Resolution.Created.class);
        assertThat(count("support_tickets")).isEqualTo(2);
        assertThat(count("customers")).isEqualTo(2);
    }

    @Test
    void text_that_postgresql_cannot_hold_is_mended() {
        assertThat(ingest(ticket(person("nul\0id", "N\0ul \uD800 Lone", "nul@example.com", null))))
                .allMatch(Resolution.Created.class::isInstance);
    }

    @Test
    void sixty_four_concurrent_records_of_one_new_person_make_one_customer() {
        List<Resolution> resolutions =
                Objects.requireNonNull(
                        Flux.fromStream(IntStream.range(0, 64).boxed())
                                .flatMap(
                                        n ->
                                                ingestion
                                                        .ingest(
                                                                List.of(
                                                                        ticket(
                                                                                person(
                                                                                        newId(),
                                                                                        "Race",
                                                                                        "race@example.com",
                                                                                        "+966503333333"))))
                                                        .contextWrite(TenantContext.of(tenant))
                                                        .subscribeOn(Schedulers.parallel()),
                                        64)
                                .concatMapIterable(list -> list)
                                .collectList()
                                .block());

        assertThat(resolutions).hasSize(64);
        assertThat(resolutions)
                .extracting(resolution -> resolution.customer().orElseThrow())
                .containsOnly(resolutions.getFirst().customer().orElseThrow());
        assertThat(count("customers")).isEqualTo(1);
        assertThat(customer(resolutions.getFirst().customer().orElseThrow()))
                .containsEntry("total_tickets", 64);
    }

    @Test
    void concurrent_batches_of_the_same_people_make_each_of_them_once() {
        List<List<SourceRecord>> batches =
                IntStream.range(0, 12)
                        .mapToObj(
                                batch ->
                                        IntStream.range(0, 40)
                                                .map(n -> batch % 2 == 0 ? n : 39 - n)
                                                .<SourceRecord>mapToObj(
                                                        n ->
                                                                ticket(
                                                                        person(
                                                                                null,
                                                                                "Person " + n,
                                                                                "p"
                                                                                        + n
                                                                                        + "@example.com",
                                                                                null)))
                                                .toList())
                        .toList();

        Flux.fromIterable(batches)
                .flatMap(
                        batch ->
                                ingestion
                                        .ingest(batch)
                                        .contextWrite(TenantContext.of(tenant))
                                        .subscribeOn(Schedulers.parallel()),
                        12)
                .blockLast();

        assertThat(count("customers")).isEqualTo(40);
        assertThat(count("support_tickets")).isEqualTo(480);
        assertThat(count("match_decisions")).isEqualTo(480);
    }

    @Test
    void one_tenants_people_are_unknown_to_another() {
        TenantId rival = DATABASE.newTenant();
        SourceRecord record = shopifyCustomer("77", "Sara", "sara@example.com", "+966501234567");

        UUID ours = ingest(tenant, List.of(record)).getFirst().customer().orElseThrow();
        UUID theirs = ingest(rival, List.of(record)).getFirst().customer().orElseThrow();

        assertThat(theirs).isNotEqualTo(ours);
    }

    @Test
    void a_prospect_without_e_mail_and_phone_is_a_customer_and_an_anonymous_order_is_nobodys() {
        List<Resolution> resolutions =
                ingest(
                        prospect(person("11", "Only Name", null, null)),
                        order(Person.UNKNOWN, "5", "SAR", "paid", START));

        assertThat(resolutions.get(0)).isInstanceOf(Resolution.Created.class);
        assertThat(resolutions.get(1)).isInstanceOf(Resolution.Unattributed.class);
    }
}
