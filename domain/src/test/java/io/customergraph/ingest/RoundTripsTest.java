package io.customergraph.ingest;

import static io.customergraph.testing.Records.conversation;
import static io.customergraph.testing.Records.later;
import static io.customergraph.testing.Records.newId;
import static io.customergraph.testing.Records.origin;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.DatabaseTraffic;
import io.customergraph.testing.DatabaseTraffic.Heard;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What it costs to take records of known persons in. */
class RoundTripsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final int PEOPLE = 500;

    private final DatabaseTraffic traffic = new DatabaseTraffic(DATABASE, Duration.ofMillis(20));
    private final Ingestion ingestion = traffic.ingestion();
    private final TenantId tenant = DATABASE.newTenant();

    @BeforeEach
    void know_people() {
        ingest(people(PEOPLE, n -> shopifyCustomer(newId(), "Ann Lee", email(n), null)));
        ingest(people(1, n -> ticket(person(null, "Ann Lee", email(n), null))));
    }

    @AfterEach
    void hang_up() {
        traffic.close();
    }

    private static String email(int person) {
        return "ann" + person + "@shop.example";
    }

    private static List<SourceRecord> people(int count, IntFunction<SourceRecord> record) {
        return IntStream.range(0, count).mapToObj(record).toList();
    }

    private List<Resolution> ingest(List<SourceRecord> records) {
        return Objects.requireNonNull(
                ingestion.ingest(records).contextWrite(TenantContext.of(tenant)).block());
    }

    private List<Heard> heard(List<SourceRecord> records) {
        return traffic.during(
                () ->
                        assertThat(ingest(records))
                                .allMatch(Resolution.Linked.class::isInstance)
                                .hasSameSizeAs(records));
    }

    @Test
    void who_a_known_person_is_is_read_in_two_round_trips() {
        List<Heard> heard = heard(people(1, n -> ticket(person(null, "Ann Lee", email(n), null))));

        assertThat(heard.get(0)).isEqualTo(new Heard("beginTransaction", 1));
        assertThat(heard.get(1).text()).contains("identifier_policies").contains("match_decisions");
        assertThat(heard.get(1).roundTrips()).isEqualTo(2);
        assertThat(heard.get(2).text()).contains("customer_identifiers");
        assertThat(heard.get(2).roundTrips()).as("two more than to begin").isEqualTo(3);
        assertThat(heard.get(3).text()).as("all is read").contains("FOR NO KEY UPDATE");
        assertThat(heard).last().extracting(Heard::text).isEqualTo("commitTransaction");
        assertThat(heard.stream().filter(one -> one.text().startsWith("SELECT"))).hasSize(2);
    }

    @Test
    void a_batch_takes_as_many_statements_as_one_record() {
        List<Heard> one = heard(people(1, n -> ticket(person(null, "Ann Lee", email(n), null))));
        List<Heard> some = heard(people(50, n -> ticket(person(null, "Ann Lee", email(n), null))));
        List<Heard> many =
                heard(people(PEOPLE, n -> ticket(person(null, "Ann Lee", email(n), null))));

        assertThat(one).hasSize(9);
        assertThat(some).isEqualTo(one);
        assertThat(many).extracting(Heard::text).isEqualTo(one.stream().map(Heard::text).toList());
    }

    @Test
    void what_is_stored_already_is_read_in_one_round_trip() {
        List<SourceRecord> records =
                people(50, n -> ticket(person(null, "Ann Lee", email(n), null)));
        ingest(records);

        List<Heard> again =
                traffic.during(
                        () ->
                                assertThat(ingest(records))
                                        .allMatch(Resolution.Unchanged.class::isInstance));

        assertThat(again)
                .extracting(Heard::text)
                .hasSize(3)
                .startsWith("beginTransaction")
                .endsWith("commitTransaction");
        assertThat(again.getLast().roundTrips()).isEqualTo(3);
    }

    @Test
    void a_newer_version_is_read_in_as_many_round_trips_as_a_new_record() {
        Origin origin = origin("whatsapp", "waba", newId());
        Person ann = person(null, "Ann Lee", email(1), null);
        ingest(List.of(conversation(origin, ann, "m1")));

        List<Heard> heard = heard(List.of(conversation(later(origin, 60), ann, "m1", "m2")));

        assertThat(heard.get(2).text()).contains("customer_identifiers");
        assertThat(heard.get(2).roundTrips()).isEqualTo(3);
    }
}
