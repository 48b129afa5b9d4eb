package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.money.Money;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** Refunds that come before, after and beside their payments, once and several times. */
class RefundsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final TenantId tenant = DATABASE.newTenant();

    private List<Resolution> ingest(SourceRecord... records) {
        return ingest(List.of(records));
    }

    private List<Resolution> ingest(List<SourceRecord> records) {
        return Objects.requireNonNull(
                ingestion.ingest(records).contextWrite(TenantContext.of(tenant)).block());
    }

    private static Origin origin(String id, long second) {
        return new Origin("tap", "an-account", id, START, START.plusSeconds(second));
    }

    private static TransactionRecord payment(
            String id, long second, PaymentStatus status, String amount, String refunded) {
        return payment(id, second, status, Money.of(amount, "SAR"), refunded, null);
    }

    private static TransactionRecord payment(
            String id,
            long second,
            PaymentStatus status,
            Money amount,
            String refunded,
            @Nullable String alsoKnownAs) {
        return new TransactionRecord(
                origin(id, second),
                person("cus_1", "Ann Lee", "ann@example.com", null),
                status.code(),
                amount,
                new BigDecimal(refunded),
                "mada",
                null,
                null,
                null,
                alsoKnownAs,
                false);
    }

    private static RefundRecord refund(
            String id, long second, String payment, PaymentStatus status, String amount) {
        return new RefundRecord(origin(id, second), payment, status, Money.of(amount, "SAR"));
    }

    /** Status, amount and what was given back of each payment, and the lifetime values. */
    private List<String> state() {
        return DATABASE.owner()
                .queryForList(
                        """
                        SELECT concat_ws(' ', status, amount::float8, refunded_amount::float8, currency)
                        FROM transactions WHERE tenant_id = ?
                        UNION ALL
                        SELECT 'lifetime ' || amount::float8 || ' ' || currency
                        FROM customer_lifetime_values WHERE tenant_id = ?
                        ORDER BY 1
                        """,
                        String.class,
                        tenant.value(),
                        tenant.value());
    }

    @Test
    void a_refund_counts_once_whether_it_comes_before_or_after_its_payment() {
        SourceRecord paid = payment("1", 0, PaymentStatus.PAID, "100", "0");
        SourceRecord refund = refund("r1", 60, "1", PaymentStatus.REFUNDED, "30.25");

        ingest(refund);
        ingest(paid);
        ingest(refund, paid, refund);
        ingest(refund);

        assertThat(state()).containsExactly("lifetime 69.75 SAR", "partly_refunded 100 30.25 SAR");

        ingest(refund("r2", 90, "1", PaymentStatus.REFUNDED, "69.75"));

        assertThat(state()).containsExactly("lifetime 0 SAR", "refunded 100 100 SAR");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void in_whatever_order_and_batches_they_come_the_end_is_the_same(long seed) {
        List<SourceRecord> records =
                new ArrayList<>(
                        List.of(
                                payment("1", 0, PaymentStatus.PENDING, "100", "0"),
                                payment("1", 0, PaymentStatus.AUTHORISED, "100", "0"),
                                payment("1", 0, PaymentStatus.PAID, "100", "0"),
                                payment("1", 5, PaymentStatus.REFUNDED, "100", "10"),
                                refund("r1", 1, "1", PaymentStatus.PENDING, "30"),
                                refund("r1", 1, "1", PaymentStatus.REFUNDED, "30"),
                                refund("r2", 1, "1", PaymentStatus.REFUNDED, "0.5"),
                                refund("r3", 1, "1", PaymentStatus.PENDING, "7"),
                                refund("r3", 1, "1", PaymentStatus.FAILED, "7"),
                                payment("2", 0, PaymentStatus.AUTHORISED, "50", "0"),
                                payment("2", 0, PaymentStatus.VOIDED, "50", "0"),
                                refund("r4", 1, "nobody", PaymentStatus.REFUNDED, "5")));
        records.addAll(List.copyOf(records));
        Random random = new Random(seed);
        Collections.shuffle(records, random);

        while (!records.isEmpty()) {
            int size = Math.min(records.size(), 1 + random.nextInt(6));
            ingest(List.copyOf(records.subList(0, size)));
            records.subList(0, size).clear();
        }

        assertThat(state())
                .containsExactly(
                        "lifetime 69.5 SAR", "partly_refunded 100 30.5 SAR", "voided 50 0 SAR");
    }

    @Test
    void what_the_payment_tells_and_what_its_refunds_tell_are_not_added() {
        ingest(
                payment("1", 0, PaymentStatus.REFUNDED, "100", "40"),
                refund("r1", 1, "1", PaymentStatus.REFUNDED, "25"));

        assertThat(state()).containsExactly("lifetime 60 SAR", "partly_refunded 100 40 SAR");

        ingest(refund("r2", 1, "1", PaymentStatus.REFUNDED, "25"));

        assertThat(state()).containsExactly("lifetime 50 SAR", "partly_refunded 100 50 SAR");
    }

    @Test
    void a_refund_names_a_payment_by_either_of_its_ids() {
        Money amount = Money.of("100", "SAR");
        ingest(refund("r1", 1, "py-1", PaymentStatus.REFUNDED, "10"));
        ingest(payment("pr-1", 0, PaymentStatus.PAID, amount, "0", "py-1"));
        ingest(refund("r2", 1, "py-1", PaymentStatus.REFUNDED, "5"));
        ingest(refund("r3", 1, "pr-1", PaymentStatus.REFUNDED, "2"));

        assertThat(state()).containsExactly("lifetime 83 SAR", "partly_refunded 100 17 SAR");
    }

    @Test
    void what_was_never_paid_is_not_given_back() {
        ingest(
                payment("1", 0, PaymentStatus.AUTHORISED, "100", "0"),
                refund("r1", 1, "1", PaymentStatus.REFUNDED, "30"));

        assertThat(state()).containsExactly("authorised 100 30 SAR");

        ingest(payment("1", 2, PaymentStatus.PAID, "100", "0"));

        assertThat(state()).containsExactly("lifetime 70 SAR", "partly_refunded 100 30 SAR");
    }

    @Test
    void a_refund_in_another_currency_is_rejected_with_the_reason_and_the_rest_goes_on() {
        RefundRecord other =
                new RefundRecord(
                        origin("r1", 1),
                        "1",
                        PaymentStatus.REFUNDED,
                        new Money(new BigDecimal("30"), "KWD"));
        ingest(payment("1", 0, PaymentStatus.PAID, "100", "0"));

        List<Resolution> resolutions =
                ingest(other, refund("r2", 1, "1", PaymentStatus.REFUNDED, "1"));

        assertThat(resolutions.getFirst())
                .isEqualTo(
                        new Resolution.Rejected(
                                "A refund in KWD of a payment in SAR is not counted"));
        assertThat(resolutions.getLast()).isInstanceOf(Resolution.Unattributed.class);
        assertThat(state()).containsExactly("lifetime 99 SAR", "partly_refunded 100 1 SAR");
    }

    @Test
    void one_in_another_currency_that_came_first_or_with_its_payment_is_not_counted_either() {
        RefundRecord first =
                new RefundRecord(
                        origin("r1", 1),
                        "1",
                        PaymentStatus.REFUNDED,
                        new Money(new BigDecimal("30"), "KWD"));
        RefundRecord beside =
                new RefundRecord(
                        origin("r2", 1), "2", PaymentStatus.REFUNDED, Money.of("30", "KWD"));
        ingest(first);

        List<Resolution> resolutions =
                ingest(
                        payment("1", 0, PaymentStatus.PAID, "100", "0"),
                        payment("2", 0, PaymentStatus.PAID, "100", "0"),
                        beside);

        assertThat(resolutions.getLast()).isInstanceOf(Resolution.Rejected.class);
        assertThat(state()).containsExactly("lifetime 200 SAR", "paid 100 0 SAR", "paid 100 0 SAR");
    }

    @Test
    void values_of_two_currencies_are_kept_apart() {
        ingest(
                payment("1", 0, PaymentStatus.PAID, "100", "0"),
                payment("2", 0, PaymentStatus.PAID, Money.of("12.345", "KWD"), "0", null),
                new RefundRecord(
                        origin("r1", 1), "2", PaymentStatus.REFUNDED, Money.of("0.345", "KWD")));

        assertThat(state())
                .containsExactly(
                        "lifetime 100 SAR",
                        "lifetime 12 KWD",
                        "paid 100 0 SAR",
                        "partly_refunded 12.345 0.345 KWD");
    }

    @Test
    void a_refund_is_a_change_of_its_payments_customer() {
        ingest(payment("1", 0, PaymentStatus.PAID, "100", "0"));
        long before = changes();

        ingest(refund("r1", 1, "1", PaymentStatus.REFUNDED, "30"));
        ingest(refund("r1", 1, "1", PaymentStatus.REFUNDED, "30"));
        ingest(refund("r2", 1, "1", PaymentStatus.PENDING, "30"));

        assertThat(changes() - before).isOne();
    }

    private long changes() {
        return Objects.requireNonNull(
                DATABASE.owner()
                        .queryForObject(
                                """
                                SELECT count(*) FROM change_events
                                WHERE tenant_id = ? AND kind = 'customer_changed'
                                """,
                                Long.class,
                                tenant.value()));
    }

    @Test
    void refunds_and_payments_that_are_written_at_the_same_time_miss_none() {
        int payments = 40;
        List<List<SourceRecord>> batches = new ArrayList<>();
        for (int n = 0; n < payments; n++) {
            String id = newId();
            batches.add(List.of(payment(id, 0, PaymentStatus.PAID, "10", "0")));
            batches.add(List.of(refund("r" + id, 1, id, PaymentStatus.REFUNDED, "4")));
        }
        Collections.shuffle(batches, new Random(7));

        Flux.fromIterable(batches)
                .flatMap(
                        batch -> ingestion.ingest(batch).subscribeOn(Schedulers.boundedElastic()),
                        8)
                .contextWrite(TenantContext.of(tenant))
                .blockLast();

        assertThat(state())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(0, payments)
                                .mapToObj(
                                        n ->
                                                n == payments
                                                        ? "lifetime 240 SAR"
                                                        : "partly_refunded 10 4 SAR")
                                .toList());
    }
}
