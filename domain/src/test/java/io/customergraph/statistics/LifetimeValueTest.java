package io.customergraph.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.UUID;

class LifetimeValueTest {

    private final StatisticsRows rows = new StatisticsRows();
    private final UUID customer = rows.customer();

    @Test
    void currencies_are_never_added() {
        rows.order(customer, "10.25", "SAR");
        rows.order(customer, "0.755", "KWD");
        rows.payment(customer, "1.245", "KWD", null);
        rows.payment(customer, "3", "EUR", null);

        assertThat(rows.lifetimeValue(customer))
                .containsOnly(entry("SAR", "10.25"), entry("KWD", "2"), entry("EUR", "3"));
    }

    @Test
    void a_refund_is_taken_off() {
        UUID order = rows.order(customer, "10", "SAR");
        UUID payment = rows.payment(customer, "8", "SAR", null);

        rows.update(
                "UPDATE shopify_orders SET financial_status = 'partially_refunded',"
                        + " total_refunded = 4 WHERE tenant_id = ? AND id = ?",
                order);
        rows.update(
                "UPDATE transactions SET status = 'refunded', refunded_amount = 8"
                        + " WHERE tenant_id = ? AND id = ?",
                payment);

        assertThat(rows.lifetimeValue(customer)).containsOnly(entry("SAR", "6"));
    }

    @Test
    void a_cancelled_order_is_worth_nothing() {
        rows.order(customer, "1", "SAR");
        UUID cancelled = rows.order(customer, "10", "SAR");

        rows.update(
                "UPDATE shopify_orders SET cancelled_at = now() WHERE tenant_id = ? AND id = ?",
                cancelled);

        assertThat(rows.lifetimeValue(customer)).containsOnly(entry("SAR", "1"));
        assertThat(rows.counts(customer)).isEqualTo("0 0 0 2");
    }

    @ParameterizedTest
    @CsvSource({"pending", "authorised", "failed", "voided"})
    void what_was_not_paid_is_worth_nothing(String status) {
        UUID payment = rows.payment(customer, "10", "SAR", null);

        rows.update(
                "UPDATE transactions SET status = '" + status + "' WHERE tenant_id = ? AND id = ?",
                payment);

        assertThat(rows.lifetimeValue(customer)).isEmpty();
    }

    @Test
    void what_was_given_back_whole_is_worth_nothing_also_without_its_amount() {
        UUID order = rows.order(customer, "10", "SAR");
        UUID payment = rows.payment(customer, "8", "KWD", null);

        rows.update(
                "UPDATE shopify_orders SET financial_status = 'refunded'"
                        + " WHERE tenant_id = ? AND id = ?",
                order);
        rows.update(
                "UPDATE transactions SET status = 'refunded' WHERE tenant_id = ? AND id = ?",
                payment);

        assertThat(rows.lifetimeValue(customer)).isEmpty();
    }

    @Test
    void nothing_is_worth_less_than_nothing() {
        rows.payment(customer, "1", "SAR", null);
        UUID order = rows.order(customer, "10", "SAR");
        UUID payment = rows.payment(customer, "8", "SAR", null);

        rows.update(
                "UPDATE shopify_orders SET financial_status = 'partially_refunded',"
                        + " total_refunded = 55 WHERE tenant_id = ? AND id = ?",
                order);
        rows.update(
                "UPDATE transactions SET status = 'partly_refunded', refunded_amount = 9"
                        + " WHERE tenant_id = ? AND id = ?",
                payment);

        assertThat(rows.lifetimeValue(customer)).containsOnly(entry("SAR", "1"));
    }

    @Test
    void a_payment_of_an_order_is_not_counted_beside_it() {
        UUID order = rows.order(customer, "10", "SAR");

        rows.payment(customer, "10", "SAR", order);

        assertThat(rows.lifetimeValue(customer)).containsOnly(entry("SAR", "10"));
    }

    @Test
    void an_order_whose_currency_is_corrected_leaves_the_wrong_one() {
        UUID order = rows.order(customer, "10", "SAR");

        rows.update(
                "UPDATE shopify_orders SET currency = 'AED' WHERE tenant_id = ? AND id = ?", order);

        assertThat(rows.lifetimeValue(customer)).containsOnly(entry("AED", "10"));
    }

    @Test
    void a_deleted_order_or_payment_is_taken_off() {
        UUID order = rows.order(customer, "10", "SAR");
        UUID payment = rows.payment(customer, "8", "SAR", null);
        rows.order(customer, "1", "SAR");

        rows.update("DELETE FROM shopify_orders WHERE tenant_id = ? AND id = ?", order);
        rows.update("DELETE FROM transactions WHERE tenant_id = ? AND id = ?", payment);

        assertThat(rows.lifetimeValue(customer)).containsOnly(entry("SAR", "1"));
    }
}
