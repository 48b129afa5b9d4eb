package io.customergraph.ingest;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.SourceRecord.RefundRecord;
import io.customergraph.ingest.SourceRecord.TransactionRecord;
import io.customergraph.money.Money;
import io.customergraph.sql.JsonRows;
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

/** An invoice and the payment that settled it are one sum of money. */
class InvoicesTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final TenantId tenant = DATABASE.newTenant();

    private static Origin origin(String account, String id, long second) {
        return new Origin("xendit", account, id, START, START.plusSeconds(second));
    }

    private static TransactionRecord payment(String id, String alsoKnownAs) {
        return payment(
                origin("shop", id, 1), PaymentStatus.PAID, alsoKnownAs, /* isInvoice */ false);
    }

    private static TransactionRecord invoice(
            String id, long second, PaymentStatus status, @Nullable String payment) {
        return payment(origin("shop", id, second), status, payment, /* isInvoice */ true);
    }

    private static TransactionRecord payment(
            Origin origin, PaymentStatus status, @Nullable String alsoKnownAs, boolean isInvoice) {
        return new TransactionRecord(
                origin,
                person("cus_1", "Ann Lee", "ann@example.com", null),
                status.code(),
                Money.of("100", "SAR"),
                BigDecimal.ZERO,
                "ovo",
                null,
                null,
                null,
                alsoKnownAs,
                isInvoice);
    }

    private static RefundRecord refund(String id, String payment, String amount) {
        return new RefundRecord(
                origin("shop", id, 2), payment, PaymentStatus.REFUNDED, Money.of(amount, "SAR"));
    }

    private void ingest(SourceRecord... records) {
        ingest(tenant, List.of(records));
    }

    private void ingest(TenantId into, List<SourceRecord> records) {
        ingestion.ingest(records).contextWrite(TenantContext.of(into)).block();
    }

    /** Each payment with its invoice, and the lifetime values. */
    private List<String> state() {
        return DATABASE.owner()
                .queryForList(
                        """
                        SELECT concat_ws(' ', t.external_id, t.status, t.refunded_amount::float8,
                                         'of ' || i.external_id)
                        FROM transactions t
                        LEFT JOIN transactions i ON i.tenant_id = t.tenant_id AND i.id = t.invoice_id
                        WHERE t.tenant_id = ?
                        UNION ALL
                        SELECT 'lifetime ' || amount::float8 FROM customer_lifetime_values
                        WHERE tenant_id = ?
                        ORDER BY 1
                        """,
                        String.class,
                        tenant.value(),
                        tenant.value());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_payment_counts_in_its_invoice_in_whatever_order_and_batches_they_come(long seed) {
        List<SourceRecord> records =
                new ArrayList<>(
                        List.of(
                                invoice("inv-1", 0, PaymentStatus.PENDING, null),
                                invoice("inv-1", 1, PaymentStatus.PAID, "py-1"),
                                payment("pr-1", "py-1"),
                                invoice("inv-2", 1, PaymentStatus.PAID, "py-2"),
                                payment("py-2", "also"),
                                invoice("inv-3", 1, PaymentStatus.PAID, "py-3"),
                                invoice("inv-4", 1, PaymentStatus.PAID, null),
                                payment("pr-5", "py-5"),
                                refund("r-1", "inv-1", "10"),
                                refund("r-2", "py-1", "5"),
                                refund("r-3", "py-3", "1")));
        records.addAll(List.copyOf(records));
        Random random = new Random(seed);
        Collections.shuffle(records, random);

        while (!records.isEmpty()) {
            int size = Math.min(records.size(), 1 + random.nextInt(6));
            ingest(tenant, List.copyOf(records.subList(0, size)));
            records.subList(0, size).clear();
        }

        assertThat(state())
                .containsExactly(
                        "inv-1 partly_refunded 15",
                        "inv-2 paid 0",
                        "inv-3 partly_refunded 1",
                        "inv-4 paid 0",
                        "lifetime 484",
                        "pr-1 partly_refunded 5 of inv-1",
                        "pr-5 paid 0",
                        "py-2 paid 0 of inv-2");
    }

    /** Erasure knows what it took out by the fingerprint that the same version has later. */
    @Test
    void a_payment_that_is_no_invoice_keeps_the_fingerprint_that_it_had() {
        assertThat(JsonRows.of(List.of(payment("pr-1", "py-1")))).doesNotContain("invoice");
        assertThat(JsonRows.of(List.of(invoice("inv-1", 1, PaymentStatus.PAID, null))))
                .contains("\"is_invoice\":true");
    }

    @Test
    void an_invoice_that_names_another_payment_lets_the_first_count() {
        ingest(payment("pr-1", "py-1"), payment("pr-2", "py-2"));
        ingest(invoice("inv-1", 1, PaymentStatus.PAID, "py-1"));

        ingest(invoice("inv-1", 2, PaymentStatus.PAID, "py-2"));

        assertThat(state())
                .containsExactly(
                        "inv-1 paid 0", "lifetime 200", "pr-1 paid 0", "pr-2 paid 0 of inv-1");
    }

    @Test
    void of_two_invoices_that_name_one_payment_the_lower_id_holds() {
        ingest(payment("pr-1", "py-1"), invoice("inv-2", 1, PaymentStatus.PAID, "py-1"));
        assertThat(state()).contains("pr-1 paid 0 of inv-2");

        ingest(invoice("inv-1", 1, PaymentStatus.PAID, "py-1"));

        assertThat(state()).contains("pr-1 paid 0 of inv-1", "lifetime 200");
    }

    @Test
    void another_account_or_tenant_settles_nothing() {
        ingest(payment("pr-1", "py-1"));
        ingest(
                payment(
                        origin("another-shop", "inv-1", 1),
                        PaymentStatus.PAID,
                        "py-1",
                        /* isInvoice */ true));
        ingest(DATABASE.newTenant(), List.of(invoice("inv-2", 1, PaymentStatus.PAID, "py-1")));

        assertThat(state()).containsExactly("inv-1 paid 0", "lifetime 200", "pr-1 paid 0");
    }

    @Test
    void an_invoice_that_comes_after_its_payment_changes_the_payments_customer() {
        ingest(payment("pr-1", "py-1"));
        long before = changes();

        ingest(
                new TransactionRecord(
                        origin("shop", "inv-1", 1),
                        Person.UNKNOWN,
                        PaymentStatus.PAID.code(),
                        Money.of("100", "SAR"),
                        BigDecimal.ZERO,
                        null,
                        null,
                        null,
                        null,
                        "py-1",
                        /* isInvoice */ true));

        assertThat(changes() - before).isOne();
    }

    private long changes() {
        return Objects.requireNonNull(
                DATABASE.owner()
                        .queryForObject(
                                "SELECT count(*) FROM change_events WHERE tenant_id = ?",
                                Long.class,
                                tenant.value()));
    }

    @Test
    void invoices_and_payments_that_are_written_at_the_same_time_miss_none() {
        List<List<SourceRecord>> batches = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            String id = newId();
            batches.add(List.of(payment("pr-" + id, "py-" + id)));
            batches.add(List.of(invoice("inv-" + id, 1, PaymentStatus.PAID, "py-" + id)));
        }
        Collections.shuffle(batches, new Random(7));

        Flux.fromIterable(batches)
                .flatMap(
                        batch -> ingestion.ingest(batch).subscribeOn(Schedulers.boundedElastic()),
                        8)
                .contextWrite(TenantContext.of(tenant))
                .blockLast();

        assertThat(state()).contains("lifetime 4000");
        assertThat(state()).filteredOn(line -> line.contains(" of inv-")).hasSize(40);
    }
}
