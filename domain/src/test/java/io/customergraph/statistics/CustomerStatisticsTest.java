package io.customergraph.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.UUID;

class CustomerStatisticsTest {

    private static final String MONDAY = "2026-03-02T10:00:00Z";
    private static final String TUESDAY = "2026-03-03T10:00:00Z";
    private static final String WEDNESDAY = "2026-03-04T10:00:00Z";

    private final StatisticsRows rows = new StatisticsRows();
    private final UUID customer = rows.customer();
    private final UUID other = rows.customer();

    @Test
    void every_kind_of_activity_is_counted_for_itself() {
        rows.appointment(customer, MONDAY);
        rows.conversation(customer, MONDAY);
        rows.conversation(customer, MONDAY);
        rows.ticket(customer, MONDAY);
        rows.ticket(customer, MONDAY);
        rows.ticket(customer, MONDAY);
        rows.order(customer, "10", "SAR");

        assertThat(rows.counts(customer)).isEqualTo("1 2 3 1");
        assertThat(rows.counts(other)).isEqualTo("0 0 0 0");
    }

    @Test
    void a_row_of_nobody_counts_for_nobody_until_it_is_linked() {
        UUID ticket = rows.ticket(null, MONDAY);
        assertThat(rows.counts(customer)).isEqualTo("0 0 0 0");

        rows.relink("support_tickets", ticket, customer);
        assertThat(rows.counts(customer)).isEqualTo("0 0 1 0");
        assertThat(rows.lastContact(customer)).isEqualTo(Instant.parse(MONDAY));

        rows.relink("support_tickets", ticket, null);
        assertThat(rows.counts(customer)).isEqualTo("0 0 0 0");
    }

    @Test
    void a_change_of_a_row_does_not_count_it_again() {
        UUID ticket = rows.ticket(customer, MONDAY);

        rows.update(
                "UPDATE support_tickets SET status = 'closed' WHERE tenant_id = ? AND id = ?",
                ticket);

        assertThat(rows.counts(customer)).isEqualTo("0 0 1 0");
    }

    @Test
    void a_deleted_row_counts_no_more() {
        rows.ticket(customer, MONDAY);
        UUID deleted = rows.ticket(customer, MONDAY);

        rows.update("DELETE FROM support_tickets WHERE tenant_id = ? AND id = ?", deleted);

        assertThat(rows.counts(customer)).isEqualTo("0 0 1 0");
    }

    @Test
    void a_relinked_row_counts_for_the_new_customer_only() {
        UUID order = rows.order(customer, "10", "SAR");
        rows.order(customer, "5", "SAR");

        rows.relink("shopify_orders", order, other);

        assertThat(rows.counts(customer)).isEqualTo("0 0 0 1");
        assertThat(rows.counts(other)).isEqualTo("0 0 0 1");
        assertThat(rows.lifetimeValue(customer)).containsOnly(entry("SAR", "5"));
        assertThat(rows.lifetimeValue(other)).containsOnly(entry("SAR", "10"));
    }

    @Test
    void a_merge_that_moves_every_row_moves_every_number() {
        rows.ticket(customer, MONDAY);
        rows.ticket(other, TUESDAY);
        rows.appointment(customer, WEDNESDAY);
        rows.conversation(customer, MONDAY);
        rows.order(customer, "10", "SAR");
        rows.order(other, "3", "SAR");
        rows.payment(customer, "7", "EUR", null);

        rows.moveEverything(customer, other);

        assertThat(rows.counts(customer)).isEqualTo("0 0 0 0");
        assertThat(rows.counts(other)).isEqualTo("1 1 2 2");
        assertThat(rows.lastContact(other)).isEqualTo(Instant.parse(WEDNESDAY));
        assertThat(rows.lifetimeValue(customer)).isEmpty();
        assertThat(rows.lifetimeValue(other)).containsOnly(entry("SAR", "13"), entry("EUR", "7"));
    }

    @Test
    void the_first_contact_of_a_customer_without_any_is_the_last() {
        assertThat(rows.lastContact(customer)).isNull();

        rows.conversation(customer, MONDAY);

        assertThat(rows.lastContact(customer)).isEqualTo(Instant.parse(MONDAY));
    }

    @Test
    void an_older_contact_never_moves_the_last_one_back() {
        rows.ticket(customer, TUESDAY);
        rows.appointment(customer, MONDAY);
        assertThat(rows.lastContact(customer)).isEqualTo(Instant.parse(TUESDAY));

        UUID newest = rows.conversation(customer, WEDNESDAY);
        rows.update(
                "UPDATE omni_conversations SET last_message_at = '2026-03-01Z'"
                        + " WHERE tenant_id = ? AND id = ?",
                newest);
        assertThat(rows.lastContact(customer)).isEqualTo(Instant.parse(WEDNESDAY));

        rows.update("DELETE FROM omni_conversations WHERE tenant_id = ? AND id = ?", newest);
        assertThat(rows.lastContact(customer)).isEqualTo(Instant.parse(WEDNESDAY));
    }

    @Test
    void a_later_message_of_a_known_conversation_moves_it_forward() {
        UUID conversation = rows.conversation(customer, MONDAY);

        rows.update(
                "UPDATE omni_conversations SET last_message_at = '2026-03-04T10:00:00Z'"
                        + " WHERE tenant_id = ? AND id = ?",
                conversation);

        assertThat(rows.lastContact(customer)).isEqualTo(Instant.parse(WEDNESDAY));
        assertThat(rows.counts(customer)).isEqualTo("0 1 0 0");
    }
}
