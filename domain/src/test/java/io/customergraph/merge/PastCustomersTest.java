package io.customergraph.merge;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.customer.CustomerIdentifier;
import io.customergraph.customer.CustomerKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.customer.MergedCustomer;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.IdentityEvents;
import io.customergraph.link.PastCustomer;
import io.customergraph.link.PastCustomers;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

class PastCustomersTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final People people = new People();
    private final PastCustomers past = new PastCustomers(DATABASE.client());

    private @Nullable PastCustomer at(TenantId tenant, CustomerKey key, Instant time) {
        return past.of(key, time).contextWrite(TenantContext.of(tenant)).block();
    }

    private PastCustomer at(CustomerKey key, Instant time) {
        return Objects.requireNonNull(at(people.tenant, key, time));
    }

    private static Instant now() {
        return Objects.requireNonNull(
                        DATABASE.owner()
                                .queryForObject("SELECT clock_timestamp()", OffsetDateTime.class))
                .toInstant();
    }

    private UUID known(String name, String email) {
        return people.ingest(ticket(person(null, name, email, null)));
    }

    private static List<String> values(PastCustomer customer) {
        return customer.identifiers().stream().map(CustomerIdentifier::value).sorted().toList();
    }

    private static CustomerKey email(String value) {
        return new CustomerKey.Value(IdentifierKind.EMAIL, "", value);
    }

    @Test
    void a_merge_and_its_undoing_are_seen_at_their_times() {
        UUID a = known("Sara Haddad", "sara@a.example");
        UUID b = known("Sally Hadid", "sally@b.example");
        Instant apart = now();
        people.merge(a, b);
        Instant together = now();
        people.unmerge(b);
        Instant apartAgain = now();

        for (CustomerKey key : List.of(new CustomerKey.Id(b), email("sally@b.example"))) {
            assertThat(at(key, apart).id()).isEqualTo(b);
            assertThat(values(at(key, apart))).containsExactly("sally@b.example");
            assertThat(at(key, together).id()).isEqualTo(a);
            assertThat(at(key, apartAgain).id()).isEqualTo(b);
        }
        PastCustomer one = at(new CustomerKey.Id(a), together);
        assertThat(one.mergedFrom()).containsExactly(new MergedCustomer(b));
        assertThat(values(one)).containsExactly("sally@b.example", "sara@a.example");
        assertThat(one.records()).containsExactly(new PastCustomer.Records("support_ticket", 2));
        assertThat(at(new CustomerKey.Id(a), apartAgain).records())
                .containsExactly(new PastCustomer.Records("support_ticket", 1));
    }

    @Test
    void a_chain_of_merges_leads_to_whom_it_led_then() {
        UUID a = known("Sara Haddad", "sara@a.example");
        UUID b = known("Sally Hadid", "sally@b.example");
        UUID c = known("Mona Aziz", "mona@c.example");
        people.merge(b, c);
        Instant first = now();
        people.merge(a, b);
        Instant second = now();

        assertThat(at(new CustomerKey.Id(c), first).id()).isEqualTo(b);
        assertThat(at(new CustomerKey.Id(c), second).id()).isEqualTo(a);
        assertThat(at(new CustomerKey.Id(a), second).mergedFrom())
                .containsExactlyInAnyOrder(new MergedCustomer(b), new MergedCustomer(c));
    }

    @Test
    void a_number_is_whose_it_was_then() {
        UUID omar =
                people.ingest(
                        ticket(person(null, "Omar Farouk", "omar@example.com", "+966501112223")));
        Instant changed = Records.START.plus(Duration.ofDays(10));
        new IdentityEvents(DATABASE.client(), DATABASE.transaction(), Mono::empty)
                .apply(
                        List.of(
                                new IdentityEvent.Ended(
                                        "whatsapp",
                                        changed,
                                        ContactPoint.whatsAppId("966501112223"))))
                .contextWrite(TenantContext.of(people.tenant))
                .block();
        CustomerKey number = new CustomerKey.Value(IdentifierKind.PHONE, "", "+966501112223");

        assertThat(at(number, changed.minusSeconds(1)).id()).isEqualTo(omar);
        assertThat(values(at(number, changed.minusSeconds(1)))).contains("+966501112223");
        assertThat(at(people.tenant, number, changed)).isNull();
    }

    @Test
    void nobody_is_known_before_the_beginning_nor_to_another_tenant() {
        UUID a = known("Sara Haddad", "sara@a.example");
        TenantId rival = DATABASE.newTenant();

        assertThat(
                        at(
                                people.tenant,
                                new CustomerKey.Id(a),
                                Records.START.minus(Duration.ofDays(400))))
                .isNull();
        assertThat(at(people.tenant, email("sara@a.example"), Records.START.minusSeconds(1)))
                .isNull();
        assertThat(at(rival, new CustomerKey.Id(a), now())).isNull();
        assertThat(at(rival, email("sara@a.example"), now())).isNull();
    }
}
