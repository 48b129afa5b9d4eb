package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord.Refund;
import io.customergraph.ingest.SourceRecord.ShopifyRefundRecord;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class ShopifyRefundsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String SHOP = "one.myshopify.com";

    private final TenantId tenant = DATABASE.newTenant();
    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());

    private void ingest(SourceRecord... records) {
        assertThat(
                        ingestion
                                .ingest(List.of(records))
                                .contextWrite(TenantContext.of(tenant))
                                .block())
                .noneMatch(Resolution.Rejected.class::isInstance);
    }

    private List<String> rows(String sql) {
        return DATABASE.owner().queryForList(sql, String.class, tenant.value());
    }

    private static ShopifyOrderRecord order(
            int second, @Nullable Instant cancelled, Refund... all) {
        return new ShopifyOrderRecord(
                new Origin("shopify", SHOP, "7", START, START.plusSeconds(second)),
                person(null, "Ann Lee", "ann@example.com", null),
                "#7",
                "SAR",
                new BigDecimal("100.00"),
                null,
                null,
                null,
                List.of(all).stream()
                        .filter(one -> "SAR".equals(one.currency()))
                        .map(Refund::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                all.length == 0 ? "paid" : "partially_refunded",
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                cancelled,
                List.of(),
                List.of(all));
    }

    private static Refund within(long id, String amount, String currency) {
        Instant at = START.plusSeconds(id);
        return new Refund(id, new BigDecimal(amount), currency, at, at, at);
    }

    private static ShopifyRefundRecord alone(long id, String amount, String currency) {
        Instant at = START.plusSeconds(id);
        return new ShopifyRefundRecord(
                new Origin("shopify", SHOP, Long.toString(id), at, at),
                7,
                new BigDecimal(amount),
                currency,
                at);
    }

    private static final String STATE =
            """
            SELECT concat_ws(' ', o.total_refunded, v.amount,
                (SELECT string_agg(f.amount::text, '+' ORDER BY f.shopify_refund_id)
                 FROM shopify_refunds f WHERE f.tenant_id = o.tenant_id))
            FROM shopify_orders o
            JOIN customer_lifetime_values v ON v.tenant_id = o.tenant_id
            WHERE o.tenant_id = ?
            """;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void what_was_given_back_is_the_same_in_whatever_order_and_however_often_it_comes(long seed) {
        List<SourceRecord> all =
                new ArrayList<>(
                        List.of(
                                order(0, null),
                                order(10, null, within(1, "30.00", "SAR")),
                                order(
                                        20,
                                        null,
                                        within(1, "30.00", "SAR"),
                                        within(2, "12.50", "SAR")),
                                alone(1, "30.00", "SAR"),
                                alone(2, "12.50", "SAR"),
                                alone(3, "0.25", "SAR")));
        all.addAll(List.copyOf(all));
        Collections.shuffle(all, new Random(seed));

        all.forEach(this::ingest);

        assertThat(rows(STATE)).containsExactly("42.7500 57.2500 30.0000+12.5000+0.2500");
    }

    @Test
    void a_refund_waits_for_its_order_and_both_may_come_at_once() {
        ingest(alone(1, "30.00", "SAR"));
        ingest(order(0, null), alone(2, "5", "SAR"));

        assertThat(rows(STATE)).containsExactly("35.0000 65.0000 30.0000+5.0000");
    }

    @Test
    void another_currency_is_never_added() {
        ingest(order(0, null), alone(1, "30.00", "SAR"), alone(2, "8.00", "USD"));

        assertThat(rows(STATE)).containsExactly("30.0000 70.0000 30.0000+8.0000");
    }

    @Test
    void a_refund_whose_money_arrives_later_grows() {
        ingest(order(0, null, within(1, "0", "SAR")));
        ingest(order(10, null, within(1, "30.00", "SAR")));
        ingest(alone(1, "0", "SAR"));

        assertThat(rows(STATE)).containsExactly("30.0000 70.0000 30.0000");
    }

    @Test
    void a_cancelled_order_keeps_its_time_and_counts_nothing() {
        ingest(order(0, null), alone(1, "30.00", "SAR"));
        ingest(order(10, START.plusSeconds(5), within(1, "30.00", "SAR")));

        assertThat(rows(STATE)).containsExactly("30.0000 0.0000 30.0000");
        assertThat(
                        rows(
                                "SELECT extract(epoch FROM cancelled_at - created_at)::int::text"
                                        + " FROM shopify_orders WHERE tenant_id = ?"))
                .containsExactly("5");
    }

    @Test
    void refunds_of_an_order_that_was_deleted_are_gone_and_come_no_more() {
        ingest(order(0, null), alone(1, "30.00", "SAR"));
        new RecordDeletions(DATABASE.client(), DATABASE.transaction())
                .apply(
                        List.of(
                                new DeletedRecord(
                                        RecordType.SHOPIFY_ORDER,
                                        "shopify",
                                        SHOP,
                                        "7",
                                        START.plusSeconds(99),
                                        true,
                                        null)))
                .contextWrite(TenantContext.of(tenant))
                .block();
        ingest(alone(1, "30.00", "SAR"), alone(2, "1", "SAR"));

        assertThat(rows("SELECT amount::text FROM shopify_refunds WHERE tenant_id = ?")).isEmpty();
        assertThat(
                        rows(
                                "SELECT amount::text FROM customer_lifetime_values"
                                        + " WHERE tenant_id = ?"))
                .containsExactly("0.0000");
    }
}
