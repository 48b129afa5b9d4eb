package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.appointment;
import static io.customergraph.testing.Records.contact;
import static io.customergraph.testing.Records.conversation;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.origin;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.prospect;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.SourceRecord.EnrollmentRecord;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.money.Money;
import io.customergraph.secret.SecretKeys;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.DatabaseDump;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

class RecordErasuresTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final SecretKeys KEYS = SecretKeys.generate();
    private static final String SHOP = "one.myshopify.com";
    private static final String SHOPPER = "7012345678";
    private static final String EMAIL = "rahaf.q@example.com";
    private static final String PHONE = "+966501119988";
    private static final String NAME = "Rahaf Alqahtani";

    private final TenantId tenant = DATABASE.newTenant();
    private final ErasedIdentities erased = new ErasedIdentities(DATABASE.client(), KEYS);
    private final Ingestion ingestion =
            new Ingestion(DATABASE.client(), DATABASE.transaction(), erased, Mono::empty);
    private final RecordErasures erasures =
            new RecordErasures(DATABASE.client(), DATABASE.transaction(), erased);

    private Resolution ingest(TenantId of, SourceRecord record) {
        return Objects.requireNonNull(
                        ingestion
                                .ingest(List.of(record))
                                .contextWrite(TenantContext.of(of))
                                .block())
                .getFirst();
    }

    private Resolution ingest(SourceRecord record) {
        return ingest(tenant, record);
    }

    private UUID customerOf(SourceRecord record) {
        return ingest(record).customer().orElseThrow();
    }

    private Optional<Erasure> erase(UUID customer) {
        return erasures.atomically(erasures.customer(customer))
                .contextWrite(TenantContext.of(tenant))
                .blockOptional();
    }

    private Erasure eraseShopper(Long... orders) {
        return Objects.requireNonNull(
                erasures.atomically(
                                erasures.shopper(SHOP, Long.parseLong(SHOPPER), List.of(orders)))
                        .contextWrite(TenantContext.of(tenant))
                        .block());
    }

    private List<String> rows(String sql) {
        return DATABASE.owner().queryForList(sql, String.class, tenant.value());
    }

    private void assertThatNothingNamesThem() {
        assertThat(DatabaseDump.ofTenant(tenant))
                .doesNotContainIgnoringCase("rahaf")
                .doesNotContainIgnoringCase("alqahtani")
                .doesNotContain("501119988")
                .doesNotContain(SHOPPER);
    }

    private static Person rahaf() {
        return person(SHOPPER, NAME, EMAIL, PHONE);
    }

    private static ShopifyOrderRecord order(Instant at) {
        return Records.order(rahaf(), "40.00", "SAR", "paid", at);
    }

    private static TransactionRecord payment() {
        return new TransactionRecord(
                origin("tap", "acme", newId()),
                person(null, NAME, EMAIL, null),
                "paid",
                new Money(new BigDecimal("12.500"), "KWD"),
                BigDecimal.ZERO,
                "knet",
                "For Rahaf",
                null,
                START);
    }

    private static EnrollmentRecord enrollment() {
        return new EnrollmentRecord(
                origin("academy", "school", newId()),
                person(null, NAME, EMAIL, null),
                "Arabic",
                "active",
                new Money(new BigDecimal("99.00"), "SAR"),
                START,
                null);
    }

    private static final List<SourceRecord> EVERYTHING =
            List.of(
                    shopifyCustomer(SHOPPER, NAME, EMAIL, PHONE),
                    order(START),
                    payment(),
                    enrollment(),
                    ticket(person(null, NAME, EMAIL, null)),
                    contact("9501", person("9501", NAME, EMAIL, null)),
                    appointment(person(null, NAME, null, PHONE), START),
                    prospect(person(newId(), NAME, EMAIL, null)),
                    conversation(
                            origin("whatsapp", "acme", newId()),
                            person(null, NAME, null, PHONE),
                            "wamid-1"));

    private UUID withEverything() {
        UUID customer = customerOf(EVERYTHING.getFirst());
        EVERYTHING.forEach(record -> assertThat(ingest(record).customer()).contains(customer));
        return customer;
    }

    @Test
    void nothing_names_the_person_any_more_and_the_books_stay() {
        UUID customer = withEverything();

        Erasure erasure = erase(customer).orElseThrow();

        assertThat(erasure.customers()).containsExactly(customer);
        assertThat(erasure.deleted()).isEqualTo(6);
        assertThat(erasure.stripped()).isEqualTo(3);
        assertThat(erasure.traces().emails()).containsExactly(EMAIL);
        assertThat(erasure.traces().phones()).containsExactly(PHONE);
        assertThat(erasure.traces().ids()).contains(new Erasure.SourceId(SHOP, SHOPPER));
        assertThatNothingNamesThem();
        assertThat(
                        rows(
                                "SELECT concat_ws(' ', status, total_orders, total_tickets,"
                                        + " total_appointments, total_conversations) FROM customers"
                                        + " WHERE tenant_id = ?"))
                .containsExactly("erased 0 0 0 0");
        assertThat(rows("SELECT total_price FROM shopify_orders WHERE tenant_id = ?"))
                .containsExactly("40.0000");
        assertThat(rows("SELECT quantity FROM shopify_order_items WHERE tenant_id = ?"))
                .containsExactly("1");
        assertThat(rows("SELECT amount || ' ' || currency FROM transactions WHERE tenant_id = ?"))
                .containsExactly("12.5000 KWD");
        assertThat(rows("SELECT price FROM enrollments WHERE tenant_id = ?"))
                .containsExactly("99.0000");
        assertThat(rows("SELECT customer_id::text FROM record_people WHERE tenant_id = ?"))
                .containsOnlyNulls();
        assertThat(
                        rows(
                                "SELECT kind FROM change_events WHERE tenant_id = ? ORDER BY"
                                        + " sequence DESC LIMIT 1"))
                .containsExactly("customer_erased");
        assertThat(erase(customer)).isEmpty();
    }

    @Test
    void what_comes_again_brings_nobody_back_and_the_books_go_on() {
        erase(withEverything());

        for (SourceRecord record : EVERYTHING) {
            assertThat(ingest(record))
                    .isInstanceOfAny(Resolution.Erased.class, Resolution.Unchanged.class);
        }
        ShopifyOrderRecord order = (ShopifyOrderRecord) EVERYTHING.get(1);
        assertThat(ingest(refunded(order))).isInstanceOf(Resolution.Erased.class);
        assertThat(ingest(later(EVERYTHING.getFirst()))).isInstanceOf(Resolution.Erased.class);

        assertThatNothingNamesThem();
        assertThat(
                        rows(
                                "SELECT concat_ws(' ', financial_status, total_refunded) FROM"
                                        + " shopify_orders WHERE tenant_id = ?"))
                .containsExactly("refunded 40.0000");
    }

    private static SourceRecord later(SourceRecord record) {
        SourceRecord.ShopifyCustomerRecord customer = (SourceRecord.ShopifyCustomerRecord) record;
        return new SourceRecord.ShopifyCustomerRecord(
                Records.later(customer.origin(), 86_400L * 365 * 20),
                customer.person(),
                true,
                true,
                null,
                null,
                null,
                List.of());
    }

    private static ShopifyOrderRecord refunded(ShopifyOrderRecord of) {
        return new ShopifyOrderRecord(
                Records.later(of.origin(), 60),
                of.person(),
                of.orderNumber(),
                of.currency(),
                of.totalPrice(),
                null,
                null,
                null,
                new BigDecimal("40.00"),
                "refunded",
                null,
                "https://one.example/?email=" + EMAIL,
                null,
                null,
                List.of("rahaf"),
                null,
                null,
                null,
                of.items());
    }

    @Test
    void what_was_made_before_and_comes_late_is_of_nobody() {
        erase(withEverything());

        assertThat(ingest(ticket(person(null, NAME, EMAIL, null))))
                .isInstanceOf(Resolution.Erased.class);
        assertThat(ingest(ticket(person(null, NAME, "Rahaf.Q@EXAMPLE.com ", null))))
                .isInstanceOf(Resolution.Erased.class);
        assertThat(ingest(appointment(person(null, NAME, null, "050 111 9988"), START)))
                .isInstanceOf(Resolution.Erased.class);
        assertThat(ingest(order(START.plusSeconds(5)))).isInstanceOf(Resolution.Erased.class);

        assertThatNothingNamesThem();
        assertThat(rows("SELECT customer_id::text FROM shopify_orders WHERE tenant_id = ?"))
                .hasSize(2)
                .containsOnlyNulls();
    }

    @Test
    void who_comes_anew_later_is_somebody_new() {
        UUID before = withEverything();
        erase(before);

        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        UUID now = customerOf(order(tomorrow));

        assertThat(now).isNotEqualTo(before);
        assertThat(rows("SELECT email FROM customers WHERE tenant_id = ? AND status = 'active'"))
                .containsExactly(EMAIL);
    }

    @Test
    void whom_the_shop_had_deleted_or_merged_is_forgotten_too() {
        UUID customer = withEverything();
        new RecordDeletions(DATABASE.client(), DATABASE.transaction())
                .apply(
                        List.of(
                                new DeletedRecord(
                                        RecordType.SHOPIFY_CUSTOMER,
                                        "shopify",
                                        SHOP,
                                        SHOPPER,
                                        START,
                                        true,
                                        "7099999999")))
                .contextWrite(TenantContext.of(tenant))
                .block();

        erase(customer);

        assertThatNothingNamesThem();
        assertThat(ingest(shopifyCustomer(SHOPPER, NAME, EMAIL, PHONE)))
                .isInstanceOf(Resolution.Erased.class);
    }

    @Test
    void who_writes_again_later_is_somebody_new_without_what_was_written_before() {
        UUID before = withEverything();
        erase(before);
        SourceRecord.OmniConversationRecord old =
                (SourceRecord.OmniConversationRecord) EVERYTHING.getLast();
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));

        UUID now =
                customerOf(
                        new SourceRecord.OmniConversationRecord(
                                new Origin(
                                        "whatsapp",
                                        "acme",
                                        old.origin().externalId(),
                                        START,
                                        tomorrow),
                                old.person(),
                                "whatsapp",
                                null,
                                "open",
                                null,
                                List.of(
                                        old.messages().getFirst(),
                                        new SourceRecord.OmniConversationRecord.Message(
                                                "wamid-2",
                                                "inbound",
                                                "text",
                                                "Me again",
                                                "received",
                                                tomorrow))));

        assertThat(now).isNotEqualTo(before);
        assertThat(rows("SELECT external_id FROM omni_messages WHERE tenant_id = ?"))
                .containsExactly("wamid-2");
    }

    @Test
    void who_shares_the_phone_is_still_known_by_it_alone() {
        UUID customer = withEverything();
        UUID daughter = customerOf(ticket(person(null, "Nora Alqahtani", "nora@x.example", PHONE)));
        erase(customer);

        assertThat(customerOf(appointment(person(null, "Nora Alqahtani", null, PHONE), START)))
                .isEqualTo(daughter);
    }

    @Test
    void a_familys_phone_goes_on_with_the_others() {
        UUID customer = withEverything();
        UUID daughter = customerOf(ticket(person(null, "Nora Alqahtani", "nora@x.example", PHONE)));
        assertThat(daughter).isNotEqualTo(customer);
        erase(customer);

        UUID later = customerOf(ticket(person(null, "Nora Alqahtani", "nora@x.example", PHONE)));

        assertThat(later).isEqualTo(daughter);
        assertThat(rows("SELECT email FROM customers WHERE tenant_id = ? AND status = 'active'"))
                .containsExactly("nora@x.example");
    }

    @Test
    void another_tenants_person_of_the_same_values_is_not_touched() {
        TenantId rival = DATABASE.newTenant();
        EVERYTHING.forEach(record -> ingest(rival, record));
        String theirs = DatabaseDump.ofTenant(rival);
        UUID customer = withEverything();
        UUID foreign = ingest(rival, EVERYTHING.getFirst()).customer().orElseThrow();

        assertThat(erase(foreign)).isEmpty();
        erase(customer);

        assertThat(DatabaseDump.ofTenant(rival)).isEqualTo(theirs);
        assertThat(ingest(rival, ticket(person(null, NAME, EMAIL, null))).customer())
                .contains(foreign);
    }

    @Test
    void a_shop_forgets_its_shopper_and_the_helpdesk_does_not() {
        UUID customer = customerOf(shopifyCustomer(SHOPPER, NAME, EMAIL, PHONE));
        assertThat(customerOf(order(START))).isEqualTo(customer);
        assertThat(customerOf(ticket(person("55", "R. A.", EMAIL, null)))).isEqualTo(customer);

        Erasure erasure = eraseShopper();

        assertThat(erasure.customers()).isEmpty();
        assertThat(erasure.deleted()).isEqualTo(1);
        assertThat(erasure.stripped()).isEqualTo(1);
        assertThat(DatabaseDump.ofTenant(tenant))
                .doesNotContain(SHOPPER)
                .doesNotContain("501119988")
                .doesNotContainIgnoringCase("alqahtani")
                .contains(EMAIL);
        assertThat(
                        rows(
                                "SELECT concat_ws(' ', status, email, phone, total_orders) FROM"
                                        + " customers WHERE tenant_id = ?"))
                .containsExactly("active " + EMAIL + " 0");
        assertThat(ingest(shopifyCustomer(SHOPPER, NAME, EMAIL, PHONE)))
                .isInstanceOf(Resolution.Erased.class);
        assertThat(customerOf(ticket(person("55", "R. A.", EMAIL, null)))).isEqualTo(customer);
    }

    @Test
    void who_is_known_from_the_shop_alone_is_erased_also_where_they_come_later() {
        UUID customer = customerOf(order(START));
        assertThat(eraseShopper().customers()).containsExactly(customer);

        TenantId empty = DATABASE.newTenant();
        erasures.atomically(erasures.shopper(SHOP, Long.parseLong(SHOPPER), List.of(77L)))
                .contextWrite(TenantContext.of(empty))
                .block();

        assertThat(ingest(empty, shopifyCustomer(SHOPPER, NAME, EMAIL, PHONE)))
                .isInstanceOf(Resolution.Erased.class);
        assertThatNothingNamesThem();
    }

    @Test
    void of_a_shop_that_is_gone_everything_goes_in_parts() {
        UUID both = withEverything();
        UUID shopOnly =
                customerOf(
                        Records.order(
                                person("9", "B", "b@x.example", null), "1", "SAR", "paid", START));
        ingest(Records.product(77, 78));

        int rounds = 0;
        while (someOfShop().deleted() > 0) {
            rounds++;
        }

        assertThat(rounds).isEqualTo(2);
        assertThat(
                        rows(
                                "SELECT status FROM customers WHERE tenant_id = ? ORDER BY id ="
                                        + " '%s' DESC".formatted(both)))
                .containsExactly("active", "erased");
        assertThat(shopOnly).isNotEqualTo(both);
        assertThat(
                        rows(
                                "SELECT 1::text FROM shopify_orders WHERE tenant_id = ?1 UNION ALL"
                                                .replace("?1", "'" + tenant.value() + "'")
                                        + " SELECT 1::text FROM shopify_products WHERE tenant_id ="
                                        + " ?"))
                .isEmpty();
        assertThat(ingest(shopifyCustomer(SHOPPER, NAME, EMAIL, PHONE)).customer()).contains(both);
    }

    private Erasure someOfShop() {
        return Objects.requireNonNull(
                erasures.atomically(erasures.someOfShop(SHOP, 1))
                        .contextWrite(TenantContext.of(tenant))
                        .block());
    }

    @RepeatedTest(5)
    void who_comes_while_they_are_erased_is_not_left_over() {
        UUID customer = withEverything();
        Mono<?> coming =
                ingestion
                        .ingest(
                                List.of(
                                        ticket(person(null, NAME, EMAIL, null)),
                                        order(START.plusSeconds(1)),
                                        appointment(person(null, NAME, null, PHONE), START)))
                        .contextWrite(TenantContext.of(tenant))
                        .subscribeOn(Schedulers.parallel());
        Mono<?> going =
                erasures.atomically(erasures.customer(customer))
                        .contextWrite(TenantContext.of(tenant))
                        .subscribeOn(Schedulers.parallel());

        Mono.when(coming, going, coming).block();

        assertThatNothingNamesThem();
    }
}
