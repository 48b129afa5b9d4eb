package io.customergraph.link;

import static io.customergraph.testing.Records.later;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.UserError;
import io.customergraph.customer.WriteOutcome;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.RecordType;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class RecordLinksTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final RecordLinks links = new RecordLinks(DATABASE.client(), DATABASE.transaction());
    private final TenantId tenant = DATABASE.newTenant();

    private UUID customerOf(SourceRecord record) {
        return Objects.requireNonNull(
                        ingestion
                                .ingest(List.of(record))
                                .contextWrite(TenantContext.of(tenant))
                                .block())
                .getFirst()
                .customer()
                .orElseThrow();
    }

    private WriteOutcome asSteward(Mono<WriteOutcome> write) {
        return asStewardOf(tenant, write);
    }

    private static WriteOutcome asStewardOf(TenantId of, Mono<WriteOutcome> write) {
        Caller steward = new Caller(of, "key:steward", Set.of(Scope.CUSTOMERS_WRITE));
        return Objects.requireNonNull(write.contextWrite(TenantContext.of(steward)).block());
    }

    private UUID idOf(String table, String externalId) {
        return Objects.requireNonNull(
                DATABASE.owner()
                        .queryForObject(
                                "SELECT id FROM "
                                        + table
                                        + " WHERE tenant_id = ? AND "
                                        + (table.equals("support_tickets")
                                                ? "external_id"
                                                : "shopify_customer_id::text")
                                        + " = ?",
                                UUID.class,
                                tenant.value(),
                                externalId));
    }

    private Map<String, @Nullable Object> customer(UUID id) {
        return DATABASE.owner()
                .queryForMap(
                        "SELECT * FROM customers WHERE tenant_id = ? AND id = ?",
                        tenant.value(),
                        id);
    }

    private @Nullable UUID customerOfTicket(UUID ticket) {
        return DATABASE.owner()
                .queryForObject(
                        "SELECT customer_id FROM support_tickets WHERE id = ?", UUID.class, ticket);
    }

    @Test
    void a_record_taken_out_takes_its_own_identity_along() {
        String shopifyId = newId();
        UUID sara = customerOf(ticket(person("1", "Sara", "s@example.com", "+966501234567")));
        assertThat(
                        customerOf(
                                shopifyCustomer(
                                        shopifyId, "Sarah Ali", "h@example.com", "0501234567")))
                .isEqualTo(sara);
        UUID record = idOf("shopify_customers", shopifyId);

        WriteOutcome outcome =
                asSteward(links.unlink(RecordType.SHOPIFY_CUSTOMER, record, "her sister"));

        assertThat(outcome).isEqualTo(new WriteOutcome.Done(sara));
        UUID huda =
                DATABASE.owner()
                        .queryForObject(
                                "SELECT customer_id FROM shopify_customers WHERE id = ?",
                                UUID.class,
                                record);
        assertThat(huda).isNotNull().isNotEqualTo(sara);
        assertThat(customer(Objects.requireNonNull(huda)))
                .containsEntry("first_name", "Sarah")
                .containsEntry("email", "h@example.com")
                .containsEntry("phone", null);
        assertThat(customer(sara))
                .containsEntry("first_name", "Sara")
                .containsEntry("email", "s@example.com")
                .containsEntry("phone", "+966501234567");
        assertThat(customerOf(ticket(person(null, "Sarah", "h@example.com", null))))
                .isEqualTo(huda);
    }

    @Test
    void linking_it_back_undoes_the_unlinking() {
        String shopifyId = newId();
        UUID sara = customerOf(ticket(person("1", "Sara", "s@example.com", "+966501234567")));
        customerOf(shopifyCustomer(shopifyId, "Sarah", "h@example.com", "0501234567"));
        UUID record = idOf("shopify_customers", shopifyId);
        Map<String, @Nullable Object> before = customer(sara);
        asSteward(links.unlink(RecordType.SHOPIFY_CUSTOMER, record, null));

        asSteward(links.link(RecordType.SHOPIFY_CUSTOMER, record, sara, null, null));

        Map<String, @Nullable Object> after = customer(sara);
        for (String column : List.of("first_name", "last_name", "email", "phone", "status")) {
            assertThat(after).containsEntry(column, before.get(column));
        }
        assertThat(customerOf(ticket(person(null, null, "h@example.com", null)))).isEqualTo(sara);
        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT merged_into FROM customers WHERE tenant_id = ?"
                                                + " AND status = 'merged'",
                                        UUID.class,
                                        tenant.value()))
                .isEqualTo(sara);
    }

    @Test
    void a_record_that_shares_a_phone_with_another_is_taken_out_and_linked_to_her() {
        String shopifyId = newId();
        UUID sara = customerOf(ticket(person("1", "Sara", "s@example.com", "+966501234567")));
        UUID huda = customerOf(shopifyCustomer(shopifyId, "Huda", "h@example.com", "0501234567"));
        UUID record = idOf("shopify_customers", shopifyId);

        asSteward(links.unlink(RecordType.SHOPIFY_CUSTOMER, record, null));
        asSteward(links.link(RecordType.SHOPIFY_CUSTOMER, record, sara, null, null));

        assertThat(huda).isNotEqualTo(sara);
        assertThat(customerOf(ticket(person(null, null, "h@example.com", null)))).isEqualTo(sara);
        assertThat(customer(sara)).containsEntry("phone", "+966501234567");
    }

    @Test
    void a_record_without_an_identity_of_its_own_becomes_nobodys_and_stays_so() {
        UUID sara = customerOf(shopifyCustomer(newId(), "Sara", "s@example.com", null));
        SourceRecord ticket = ticket(person(null, "Someone", "s@example.com", null));
        customerOf(ticket);
        UUID record = idOf("support_tickets", ticket.origin().externalId());

        asSteward(links.unlink(RecordType.SUPPORT_TICKET, record, "not hers"));

        assertThat(customerOfTicket(record)).isNull();
        assertThat(customer(sara)).containsEntry("total_tickets", 0);
        SourceRecord again =
                new SourceRecord.SupportTicketRecord(
                        later(ticket.origin(), 60),
                        ticket.person(),
                        "Changed",
                        null,
                        "closed",
                        null,
                        null,
                        List.of(),
                        null,
                        null);
        ingestion.ingest(List.of(again)).contextWrite(TenantContext.of(tenant)).block();
        assertThat(customerOfTicket(record)).isNull();
    }

    @Test
    void statistics_and_the_ledger_follow_the_record() {
        UUID one = customerOf(shopifyCustomer(newId(), "One", "one@example.com", null));
        UUID two = customerOf(shopifyCustomer(newId(), "Two", "two@example.com", null));
        SourceRecord ticket = ticket(person(null, null, "one@example.com", null));
        customerOf(ticket);
        UUID record = idOf("support_tickets", ticket.origin().externalId());

        asSteward(links.link(RecordType.SUPPORT_TICKET, record, two, 1L, "said so"));

        assertThat(customer(one)).containsEntry("total_tickets", 0);
        assertThat(customer(two)).containsEntry("total_tickets", 1);
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT customer_id FROM match_decisions WHERE record_id ="
                                                + " ? AND withdrawn_at IS NULL",
                                        UUID.class,
                                        record))
                .containsExactly(two);
        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT actor || action FROM audit_log WHERE tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .isEqualTo("key:stewardlinkRecord");
    }

    @Test
    void what_cannot_be_linked_is_said_and_nothing_is_written() {
        UUID one = customerOf(shopifyCustomer(newId(), "One", "one@example.com", null));
        SourceRecord ticket = ticket(person(null, null, "one@example.com", null));
        customerOf(ticket);
        UUID record = idOf("support_tickets", ticket.origin().externalId());
        UUID nobody = UUID.randomUUID();
        TenantId rival = DATABASE.newTenant();

        assertThat(code(asSteward(links.link(RecordType.SUPPORT_TICKET, record, one, null, null))))
                .isEqualTo(UserError.Code.ALREADY_LINKED);
        assertThat(
                        code(
                                asSteward(
                                        links.link(
                                                RecordType.SUPPORT_TICKET,
                                                record,
                                                nobody,
                                                null,
                                                null))))
                .isEqualTo(UserError.Code.NOT_FOUND);
        assertThat(code(asSteward(links.unlink(RecordType.APPOINTMENT, record, null))))
                .isEqualTo(UserError.Code.NOT_FOUND);
        assertThat(code(asStewardOf(rival, links.unlink(RecordType.SUPPORT_TICKET, record, null))))
                .isEqualTo(UserError.Code.NOT_FOUND);
        assertThat(customerOfTicket(record)).isEqualTo(one);
    }

    private static UserError.Code code(WriteOutcome outcome) {
        return outcome.userErrors().getFirst().code();
    }

    @Test
    void a_record_that_was_taken_out_stays_out_of_whomever_its_former_customer_became() {
        UUID sara = customerOf(ticket(person("1", "Sara", "s@example.com", null)));
        SourceRecord second = ticket(person(null, "Sara", "s@example.com", null));
        assertThat(customerOf(second)).isEqualTo(sara);
        UUID record = idOf("support_tickets", second.origin().externalId());
        asSteward(links.unlink(RecordType.SUPPORT_TICKET, record, null));
        UUID other = customerOf(ticket(person("2", "Mona", "m@example.com", null)));
        DATABASE.owner()
                .update(
                        "UPDATE customers SET status = 'merged', merged_into = ? WHERE id = ?",
                        other,
                        sara);
        DATABASE.owner()
                .update(
                        "UPDATE customer_identifiers SET customer_id = ?, home_id = ?"
                                + " WHERE customer_id = ?",
                        other,
                        sara,
                        sara);

        ingestion
                .ingest(
                        List.of(
                                ticket(
                                        Records.later(second.origin(), 60),
                                        person(null, "Sara", "s@example.com", null))))
                .contextWrite(TenantContext.of(tenant))
                .block();

        assertThat(customerOfTicket(record)).isNotEqualTo(other).isNotEqualTo(sara);
    }
}
