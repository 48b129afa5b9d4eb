package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.origin;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.DatabaseTraffic;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

class RecordDeletionsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String SHOP = "one.myshopify.com";
    private static final Instant LATER = START.plus(Duration.ofDays(1));

    private final TenantId tenant = DATABASE.newTenant();
    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final RecordDeletions deletions =
            new RecordDeletions(DATABASE.client(), DATABASE.transaction());

    private Mono<List<Resolution>> ingesting(SourceRecord... records) {
        return ingestion.ingest(List.of(records)).contextWrite(TenantContext.of(tenant));
    }

    private Resolution ingest(SourceRecord record) {
        return Objects.requireNonNull(ingesting(record).block()).getFirst();
    }

    private UUID customerOf(SourceRecord record) {
        return ingest(record).customer().orElseThrow();
    }

    private Mono<Void> deleting(DeletedRecord... deleted) {
        return deletions.apply(List.of(deleted)).contextWrite(TenantContext.of(tenant));
    }

    private void delete(DeletedRecord... deleted) {
        deleting(deleted).block();
    }

    private static DeletedRecord deleted(SourceRecord record, @Nullable String replacedBy) {
        Origin origin = record.origin();
        return new DeletedRecord(
                record.type(),
                origin.sourceType(),
                origin.account(),
                origin.externalId(),
                LATER,
                origin.sourceType().equals("shopify"),
                replacedBy);
    }

    private static DeletedRecord deleted(SourceRecord record) {
        return deleted(record, null);
    }

    private List<String> rows(String sql) {
        return DATABASE.owner().queryForList(sql, String.class, tenant.value());
    }

    private static SourceRecord.ShopifyOrderRecord order(@Nullable String customer, String email) {
        return Records.order(
                person(customer, "Ann Lee", email, null), "40.00", "SAR", "paid", START);
    }

    @Test
    void an_order_that_the_shop_deleted_is_gone_and_the_statistics_follow() {
        SourceRecord kept = order(null, "ann@example.com");
        SourceRecord gone = order(null, "ann@example.com");
        UUID ann = customerOf(kept);
        assertThat(customerOf(gone)).isEqualTo(ann);

        delete(deleted(gone));

        assertThat(
                        rows(
                                "SELECT total_orders || ' ' || amount || ' ' || c.email FROM"
                                        + " customers c JOIN customer_lifetime_values v ON"
                                        + " v.customer_id = c.id WHERE c.tenant_id = ?"))
                .containsExactly("1 40.0000 ann@example.com");
        assertThat(
                        rows(
                                "SELECT withdrawn_by FROM match_decisions WHERE tenant_id = ?"
                                        + " AND withdrawn_at IS NOT NULL"))
                .containsExactly("source");
        assertThat(rows("SELECT detail ->> 'action' FROM change_events WHERE tenant_id = ?"))
                .contains("recordDeleted");
    }

    @Test
    void no_version_of_it_comes_back_neither_older_nor_newer_nor_the_same() {
        SourceRecord.ShopifyOrderRecord order = order(null, "ann@example.com");
        ingest(order);
        delete(deleted(order));
        delete(deleted(order));

        assertThat(ingest(order).customer()).isEmpty();
        assertThat(ingest(at(order, START.minusSeconds(9))).customer()).isEmpty();
        assertThat(ingest(at(order, LATER.plusSeconds(9))).customer()).isEmpty();

        assertThat(rows("SELECT id::text FROM shopify_orders WHERE tenant_id = ?")).isEmpty();
    }

    private static SourceRecord.ShopifyOrderRecord at(
            SourceRecord.ShopifyOrderRecord of, Instant updated) {
        return new SourceRecord.ShopifyOrderRecord(
                new Origin(
                        "shopify",
                        SHOP,
                        of.origin().externalId(),
                        of.origin().createdAt(),
                        updated),
                of.person(),
                of.orderNumber(),
                of.currency(),
                of.totalPrice(),
                of.subtotalPrice(),
                of.totalTax(),
                of.totalDiscounts(),
                of.totalRefunded(),
                of.financialStatus(),
                of.fulfillmentStatus(),
                of.landingSite(),
                of.referringSite(),
                of.sourceName(),
                of.tags(),
                of.processedAt(),
                of.closedAt(),
                of.cancelledAt(),
                of.items());
    }

    @Test
    void a_deletion_that_comes_before_its_record_holds() {
        SourceRecord order = order(null, "ann@example.com");
        delete(deleted(order));

        assertThat(ingest(order).customer()).isEmpty();

        assertThat(rows("SELECT id::text FROM customers WHERE tenant_id = ?")).isEmpty();
    }

    @Test
    void a_ticket_may_come_out_of_the_bin_by_a_later_version_only() {
        Origin origin = origin("freshdesk", "acme", newId());
        SourceRecord ticket = ticket(origin, person(null, "Ann Lee", "ann@example.com", null));
        ingest(ticket);
        delete(deleted(ticket));

        assertThat(ingest(ticket).customer()).isEmpty();
        Origin later = Records.later(origin, Duration.ofDays(2).toSeconds());
        SourceRecord restored = ticket(later, person(null, "Ann Lee", "ann@example.com", null));
        assertThat(ingest(restored).customer()).isPresent();
        delete(deleted(ticket));

        assertThat(rows("SELECT subject FROM support_tickets WHERE tenant_id = ?")).hasSize(1);
    }

    @Test
    void what_rested_on_a_shops_customer_alone_ends_with_it_and_the_rest_stays() {
        SourceRecord profile = shopifyCustomer("41", "Ann Lee", "ann@example.com", "+966501112223");
        UUID ann = customerOf(profile);
        assertThat(customerOf(ticket(person(null, "Ann L", "ann@example.com", null))))
                .isEqualTo(ann);

        delete(deleted(profile));

        assertThat(
                        rows(
                                "SELECT kind || ' ' || value FROM customer_identifiers"
                                        + " WHERE tenant_id = ? AND valid_to IS NULL"))
                .containsExactly("email ann@example.com");
        assertThat(
                        rows(
                                "SELECT concat_ws(' ', email, phone, first_name, last_name)"
                                        + " FROM customers WHERE tenant_id = ?"))
                .containsExactly("ann@example.com Ann L");
        assertThat(rows("SELECT search_text FROM customer_search WHERE tenant_id = ?").getFirst())
                .doesNotContain("966501112223");
        assertThat(rows("SELECT id::text FROM customer_consents WHERE tenant_id = ?")).isEmpty();
    }

    @Test
    void a_customer_with_nothing_left_stays() {
        SourceRecord profile = shopifyCustomer("41", "Ann Lee", "ann@example.com", null);
        UUID ann = customerOf(profile);

        delete(deleted(profile));

        assertThat(
                        rows(
                                "SELECT id || ' ' || status || coalesce(email, '') FROM customers"
                                        + " WHERE tenant_id = ?"))
                .containsExactly(ann + " active");
        assertThat(customerOf(ticket(person(null, "Ann Lee", "ann@example.com", null))))
                .as("nobody is known by it")
                .isNotEqualTo(ann);
    }

    @Test
    void orders_of_a_customer_that_the_shop_merged_follow_also_those_that_come_late() {
        SourceRecord absorbed = shopifyCustomer("52", "Ann Lee", "ann.lee@example.com", null);
        ingest(shopifyCustomer("51", "Ann Lee", "ann@example.com", null));
        ingest(absorbed);
        ingest(order("52", "ann.lee@example.com"));

        delete(deleted(absorbed, "51"));
        ingest(order("52", "ann.lee@example.com"));
        delete(deleted(shopifyCustomer("51", null, null, null), "50"));

        assertThat(rows("SELECT shopify_customer_id::text FROM shopify_orders WHERE tenant_id = ?"))
                .containsExactly("50", "50");
        assertThat(
                        rows(
                                "SELECT value FROM customer_identifiers WHERE tenant_id = ?"
                                        + " AND kind = 'email' AND valid_to IS NULL ORDER BY 1"))
                .as("who was merged is still known by what they were known by")
                .containsExactly("ann.lee@example.com", "ann@example.com");
    }

    @Test
    void what_is_ingested_and_deleted_at_the_same_time_is_gone() {
        List<SourceRecord.ShopifyOrderRecord> orders =
                IntStream.range(0, 40)
                        .mapToObj(n -> order(null, "ann" + n % 5 + "@example.com"))
                        .toList();

        Flux.fromIterable(orders)
                .flatMap(
                        order ->
                                Mono.when(
                                        ingesting(order).subscribeOn(Schedulers.parallel()),
                                        deleting(deleted(order))
                                                .subscribeOn(Schedulers.parallel())),
                        8)
                .blockLast(Duration.ofSeconds(60));

        assertThat(rows("SELECT id::text FROM shopify_orders WHERE tenant_id = ?")).isEmpty();
        assertThat(rows("SELECT sum(total_orders)::text FROM customers WHERE tenant_id = ?"))
                .isSubsetOf("0", null);
    }

    @Test
    void a_hundred_deletions_cost_the_statements_of_one() {
        try (DatabaseTraffic traffic = new DatabaseTraffic(DATABASE, Duration.ZERO)) {
            RecordDeletions heard = traffic.deletions();
            int one = statements(traffic, heard, 1);
            int hundred = statements(traffic, heard, 100);

            assertThat(hundred).isEqualTo(one).isLessThan(25);
        }
    }

    private int statements(DatabaseTraffic traffic, RecordDeletions heard, int count) {
        List<SourceRecord> profiles =
                IntStream.range(0, count)
                        .<SourceRecord>mapToObj(
                                n ->
                                        shopifyCustomer(
                                                newId(), "Ann", "a" + newId() + "@x.example", null))
                        .toList();
        ingesting(profiles.toArray(SourceRecord[]::new)).block();
        List<DeletedRecord> all = profiles.stream().map(RecordDeletionsTest::deleted).toList();
        return traffic.during(() -> heard.apply(all).contextWrite(TenantContext.of(tenant)).block())
                .size();
    }
}
