package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantContext;
import io.customergraph.testing.TestDatabase;
import io.r2dbc.proxy.ProxyConnectionFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class DeliveryQueueTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    /** Who was applied, in which order: written in the worker's transaction. */
    @BeforeAll
    static void a_table_of_what_was_applied() {
        DATABASE.owner()
                .execute(
                        """
                        CREATE TABLE IF NOT EXISTS applied_deliveries (
                            place bigint GENERATED ALWAYS AS IDENTITY, tenant_id text, body text)
                        """);
        DATABASE.owner().execute("GRANT ALL ON applied_deliveries TO customergraph_app");
    }

    /** Does something of a test's own with each batch. */
    private interface Step {
        Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries);
    }

    private static DeliveryHandler handler(Step step) {
        return new DeliveryHandler() {
            @Override
            public String provider() {
                return "freshdesk";
            }

            @Override
            public Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries) {
                return step.apply(deliveries);
            }
        };
    }

    private static Mono<List<DeliveryOutcome>> note(
            DatabaseClient database, List<Delivery> deliveries) {
        return TenantContext.tenant()
                .flatMapMany(
                        tenant ->
                                Flux.fromIterable(deliveries)
                                        .concatMap(
                                                one ->
                                                        database.sql(
                                                                        "INSERT INTO"
                                                                            + " applied_deliveries"
                                                                            + " (tenant_id, body)"
                                                                            + " VALUES ($1, $2)")
                                                                .bind(0, tenant.value())
                                                                .bind(1, one.body())
                                                                .fetch()
                                                                .rowsUpdated()))
                .<DeliveryOutcome>map(done -> new DeliveryOutcome.Applied())
                .collectList();
    }

    private static DeliveryHandler noting() {
        return handler(deliveries -> note(DATABASE.client(), deliveries));
    }

    private static List<String> applied(Desk desk) {
        return desk.texts("SELECT body FROM applied_deliveries WHERE tenant_id = ? ORDER BY place");
    }

    @Test
    void of_many_workers_on_several_nodes_each_applies_others_and_keys_keep_their_order() {
        Desk desk = new Desk();
        List<String> sent = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            String body = "%02d %03d".formatted(n % 40, n);
            desk.arrive("key " + n % 40, body);
            sent.add(body);
        }
        QueueSettings small = settings(9, Duration.ofSeconds(20), 3);
        List<DeliveryQueue> nodes =
                IntStream.range(0, 3)
                        .mapToObj(n -> TestDatabase.connections(DATABASE.port(), 8, same -> same))
                        .map(
                                pool ->
                                        Desk.queue(
                                                pool,
                                                small,
                                                handler(
                                                        deliveries ->
                                                                note(
                                                                        DatabaseClient.create(pool),
                                                                        deliveries))))
                        .toList();

        Flux.range(0, 12)
                .flatMap(
                        worker ->
                                nodes.get(worker % 3)
                                        .work(desk.connection)
                                        .repeatWhen(
                                                done ->
                                                        done.delayElements(Duration.ofMillis(20))
                                                                .takeWhile(
                                                                        again ->
                                                                                desk.waiting() > 0))
                                        .then(),
                        12)
                .contextWrite(TenantContext.of(desk.tenant))
                .blockLast(Duration.ofSeconds(60));

        assertThat(applied(desk)).containsExactlyInAnyOrderElementsOf(sent);
        Map<String, List<String>> byKey =
                applied(desk).stream().collect(Collectors.groupingBy(body -> body.substring(0, 2)));
        assertThat(byKey).hasSize(40);
        byKey.values().forEach(of -> assertThat(of).isSorted());
        assertThat(desk.statuses()).containsOnly("processed").hasSize(300);
    }

    @Test
    void what_a_node_claimed_that_died_is_applied_once_by_another() throws InterruptedException {
        Desk desk = new Desk();
        IntStream.range(0, 5).forEach(n -> desk.arrive("a", "body " + n));
        Sinks.One<Boolean> begun = Sinks.one();
        MortalNode node =
                new MortalNode(
                        settings(50, Duration.ofMillis(500), 3),
                        connections ->
                                handler(
                                        deliveries ->
                                                note(DatabaseClient.create(connections), deliveries)
                                                        .doOnNext(done -> begun.tryEmitValue(true))
                                                        .then(Mono.never())));
        node.queue().work(desk.connection).contextWrite(TenantContext.of(desk.tenant)).subscribe();
        begun.asMono().block(Duration.ofSeconds(10));
        node.kill();

        assertThat(desk.work(Desk.queue(noting())).claimed()).isZero();
        Thread.sleep(600);
        desk.workItOff(Desk.queue(noting()));

        assertThat(applied(desk)).containsExactly("body 0", "body 1", "body 2", "body 3", "body 4");
        assertThat(desk.statuses()).containsOnly("processed");
    }

    @Test
    void a_node_that_lost_its_lease_while_it_worked_commits_nothing() {
        Desk desk = new Desk();
        desk.arrive("a", "one");
        AtomicInteger turns = new AtomicInteger();
        DeliveryQueue slow =
                Desk.queue(
                        handler(
                                deliveries ->
                                        note(DATABASE.client(), deliveries)
                                                .doOnNext(done -> turns.incrementAndGet())
                                                .delayElement(Duration.ofMillis(600))));
        Mono<Worked> first = slow.work(desk.connection);
        Mono<Worked> second =
                Mono.delay(Duration.ofMillis(250))
                        .doOnNext(
                                now ->
                                        desk.update(
                                                "UPDATE integration_events SET claimed_until ="
                                                    + " now() - interval '1 s' WHERE tenant_id ="
                                                    + " ?"))
                        .then(Mono.defer(() -> Desk.queue(noting()).work(desk.connection)));

        List<Worked> worked =
                Flux.mergeSequential(first, second)
                        .contextWrite(TenantContext.of(desk.tenant))
                        .collectList()
                        .block(Duration.ofSeconds(10));

        assertThat(turns).hasValue(1);
        assertThat(Objects.requireNonNull(worked))
                .extracting(Worked::processed)
                .containsExactly(0, 1);
        assertThat(applied(desk)).containsExactly("one");
    }

    @Test
    void work_that_lasts_longer_than_a_lease_keeps_it() {
        Desk desk = new Desk();
        desk.arrive("a", "one");
        DeliveryQueue slow =
                Desk.queue(
                        DATABASE.connections(),
                        settings(50, Duration.ofMillis(400), 3),
                        handler(
                                deliveries ->
                                        Mono.delay(Duration.ofMillis(1200))
                                                .then(
                                                        Mono.defer(
                                                                () ->
                                                                        note(
                                                                                DATABASE.client(),
                                                                                deliveries)))));
        Mono<Integer> others =
                Flux.interval(Duration.ofMillis(100))
                        .take(9)
                        .concatMap(tick -> Desk.queue(noting()).work(desk.connection))
                        .map(Worked::claimed)
                        .reduce(0, Integer::sum);

        Integer stolen =
                Mono.zip(slow.work(desk.connection), Mono.delay(Duration.ofMillis(50)).then(others))
                        .contextWrite(TenantContext.of(desk.tenant))
                        .map(both -> both.getT2())
                        .block(Duration.ofSeconds(10));

        assertThat(stolen).isZero();
        assertThat(applied(desk)).containsExactly("one");
    }

    @Test
    void one_that_fails_always_fails_alone_and_holds_only_its_key_back_until_it_is_dead() {
        Desk desk = new Desk();
        for (int n = 0; n < 20; n++) {
            desk.arrive("key " + n, "good " + n);
        }
        UUID poison = desk.arrive("bad", "poison");
        UUID after = desk.arrive("bad", "after it");
        IntStream.range(20, 30).forEach(n -> desk.arrive(null, "good " + n));
        DeliveryQueue queue =
                Desk.queue(
                        handler(
                                deliveries ->
                                        note(DATABASE.client(), deliveries)
                                                .map(
                                                        done -> {
                                                            if (deliveries.stream()
                                                                    .anyMatch(
                                                                            one ->
                                                                                    one.body()
                                                                                            .equals(
                                                                                                    "poison"))) {
                                                                throw new IllegalArgumentException(
                                                                        "poison");
                                                            }
                                                            return done;
                                                        })));

        Worked first = desk.work(queue);

        assertThat(first.processed()).isEqualTo(30);
        assertThat(first.failed()).isEqualTo(1);
        assertThat(first.nextAttempt()).isNotNull();
        assertThat(desk.of(poison, "status")).isEqualTo("failed");
        assertThat(desk.of(poison, "error_code")).isEqualTo("UNEXPECTED");
        assertThat(desk.of(poison, "error")).contains("IllegalArgumentException");
        assertThat(desk.of(after, "status")).isEqualTo("received");
        assertThat(desk.of(after, "attempts")).isEqualTo("0");

        desk.workItOff(queue);

        assertThat(desk.of(poison, "status")).isEqualTo("dead");
        assertThat(desk.of(poison, "attempts")).isEqualTo("3");
        assertThat(desk.of(after, "status")).isEqualTo("processed");
        assertThat(applied(desk)).hasSize(31).doesNotHaveDuplicates().doesNotContain("poison");
    }

    @Test
    void one_that_kills_its_node_each_time_is_dead_at_last_and_takes_no_other_along() {
        Desk desk = new Desk();
        desk.arrive(null, "before");
        UUID killer = desk.arrive(null, "killer");
        desk.arrive(null, "behind");
        QueueSettings brief = settings(50, Duration.ofSeconds(20), 3);
        for (int node = 0; node < 4; node++) {
            MortalNode dies =
                    new MortalNode(
                            brief,
                            connections ->
                                    handler(
                                            deliveries ->
                                                    deliveries.stream()
                                                                    .anyMatch(
                                                                            one ->
                                                                                    one.body()
                                                                                            .equals(
                                                                                                    "killer"))
                                                            ? Mono.never()
                                                            : note(
                                                                    DatabaseClient.create(
                                                                            connections),
                                                                    deliveries)));
            dies.queue()
                    .work(desk.connection)
                    .contextWrite(TenantContext.of(desk.tenant))
                    .timeout(Duration.ofMillis(1500), Mono.just(Worked.NOTHING))
                    .block();
            dies.kill();
            desk.update(
                    "UPDATE integration_events SET claimed_until = now() - interval '1 s'"
                            + " WHERE tenant_id = ? AND status = 'processing'");
        }

        assertThat(desk.of(killer, "status")).isEqualTo("dead");
        assertThat(desk.of(killer, "error_code")).isEqualTo("ABANDONED");
        assertThat(desk.statuses()).containsExactly("processed", "dead", "processed");
        assertThat(applied(desk)).containsExactly("before", "behind");
    }

    @Test
    void a_record_that_the_database_refuses_makes_only_its_delivery_dead() {
        Desk desk = new Desk();
        desk.arrive("1", "1 1 open ann@example.com");
        UUID refused = desk.arrive("2", "2 1 sideways bob@example.com");
        UUID broken = desk.arrive("3", "what is this?");
        desk.arrive("4", "4 1 closed cyd@example.com");

        Worked worked = desk.work(Desk.queue(Desk.tickets(DATABASE.connections())));

        assertThat(worked.processed()).isEqualTo(2);
        assertThat(worked.dead()).isEqualTo(2);
        assertThat(desk.tickets())
                .containsExactly(
                        "1 Version 1 open ann@example.com", "4 Version 1 closed cyd@example.com");
        assertThat(desk.of(refused, "error_code")).isEqualTo("REJECTED");
        assertThat(desk.of(refused, "error")).contains("23514").doesNotContain("bob");
        assertThat(desk.of(broken, "error_code")).isEqualTo("NO_TICKET");
    }

    @Test
    void what_nobody_handles_is_ignored_and_says_so() {
        Desk desk = new Desk("aramex");
        UUID event = desk.arrive("1", "moved");

        assertThat(desk.work(Desk.queue(noting())).ignored()).isEqualTo(1);

        assertThat(desk.of(event, "status")).isEqualTo("ignored");
        assertThat(desk.of(event, "error")).contains("replay");
        assertThat(applied(desk)).isEmpty();
    }

    @Test
    void a_delivery_without_its_body_is_dead_at_once() {
        Desk desk = new Desk();
        UUID gone = desk.arrive("1", "gone");
        Desk.BODIES.delete(desk.tenant, Objects.requireNonNull(desk.of(gone, "body_ref"))).block();
        UUID past = desk.arrive("2", "past its retention");
        desk.update(
                "UPDATE integration_events SET body_ref = NULL WHERE tenant_id = ?"
                        + " AND ordering_key = '2'");
        desk.arrive("3", "text");

        desk.work(Desk.queue(noting()));

        assertThat(desk.of(gone, "error_code")).isEqualTo("BODY_GONE");
        assertThat(desk.of(past, "error_code")).isEqualTo("BODY_GONE");
        assertThat(applied(desk)).containsExactly("text");
    }

    @Test
    void a_paused_connection_waits_and_is_named_due_by_nobody() {
        Desk desk = new Desk();
        desk.arrive("1", "waits");
        desk.update("UPDATE integration_connections SET status = 'paused' WHERE tenant_id = ?");
        DeliveryQueue queue = Desk.queue(noting());

        assertThat(desk.work(queue)).isEqualTo(Worked.NOTHING);
        assertThat(queue.dueConnections().contextWrite(TenantContext.of(desk.tenant)).block())
                .isEmpty();
        assertThat(due()).doesNotContain(desk.tenant.value());
        assertThat(desk.statuses()).containsExactly("received");
    }

    private static List<String> due() {
        return DATABASE.owner()
                .queryForList("SELECT tenants_with_due_integration_events()", String.class);
    }

    @Test
    void what_a_connection_had_accepted_before_it_was_ended_is_applied() {
        Desk desk = new Desk();
        desk.arrive("1", "accepted");
        desk.update(
                "UPDATE integration_connections SET status = 'disconnected', disconnected_at ="
                        + " now() WHERE tenant_id = ?");

        assertThat(due()).contains(desk.tenant.value());
        desk.work(Desk.queue(noting()));

        assertThat(applied(desk)).containsExactly("accepted");
        assertThat(due()).doesNotContain(desk.tenant.value());
    }

    @Test
    void another_tenants_connection_is_nothing_to_work_at() {
        Desk theirs = new Desk();
        theirs.arrive("1", "theirs");
        Desk ours = new Desk();

        Worked worked =
                Desk.queue(noting())
                        .work(theirs.connection)
                        .contextWrite(TenantContext.of(ours.tenant))
                        .block();

        assertThat(worked).isEqualTo(Worked.NOTHING);
        assertThat(theirs.statuses()).containsExactly("received");
    }

    @Test
    void that_bodies_were_read_is_written_down() {
        Desk desk = new Desk();
        UUID event = desk.arrive("1", "text");

        desk.work(Desk.queue(noting()));

        assertThat(
                        desk.texts(
                                "SELECT event_id || ' ' || purpose || ' ' || actor FROM"
                                        + " webhook_access_logs WHERE tenant_id = ?"))
                .containsExactly(event + " process system");
    }

    @Test
    void the_hours_counts_tell_what_ended_and_what_is_dead() {
        Desk desk = new Desk();
        desk.arrive("1", "1 1 open ann@example.com");
        desk.arrive("2", "2 1 sideways bob@example.com");

        desk.work(Desk.queue(Desk.tickets(DATABASE.connections())));

        assertThat(
                        desk.texts(
                                "SELECT metric || ' ' || count || ' ' || failures FROM"
                                        + " integration_metrics_hourly WHERE tenant_id = ?"))
                .containsExactly("event 2 1");
    }

    @Test
    void a_batch_costs_as_many_statements_as_one_delivery() {
        assertThat(statements(60)).isEqualTo(statements(1)).isPositive();
    }

    private static int statements(int deliveries) {
        Desk desk = new Desk();
        IntStream.range(0, deliveries)
                .forEach(n -> desk.arrive("" + n, "%d 1 open p%d@example.com".formatted(n, n)));
        AtomicInteger statements = new AtomicInteger();
        var counting =
                TestDatabase.connections(
                        DATABASE.port(),
                        4,
                        physical ->
                                ProxyConnectionFactory.builder(physical)
                                        .onAfterQuery(
                                                query ->
                                                        statements.addAndGet(
                                                                query.getQueries().stream()
                                                                                .anyMatch(
                                                                                        one ->
                                                                                                one.getQuery()
                                                                                                        .contains(
                                                                                                                "set_config"))
                                                                        ? 0
                                                                        : 1))
                                        .build());
        Worked worked =
                desk.work(
                        Desk.queue(
                                counting,
                                settings(100, Duration.ofSeconds(20), 3),
                                Desk.tickets(counting)));
        assertThat(worked.processed()).isEqualTo(deliveries);
        return statements.get();
    }

    @Test
    void one_batch_holds_no_more_bytes_than_it_may() {
        Desk desk = new Desk();
        for (int n = 0; n < 5; n++) {
            desk.arrive(desk.connection, null, "x".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        QueueSettings tight =
                new QueueSettings(
                        50,
                        150,
                        Duration.ofSeconds(20),
                        3,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1));

        assertThat(desk.work(Desk.queue(DATABASE.connections(), tight, noting())).claimed())
                .isEqualTo(2);
    }

    @Test
    void one_stuck_key_does_not_hide_what_came_after_it() {
        Desk desk = new Desk();
        desk.arrive("stuck", "first");
        desk.update(
                "UPDATE integration_events SET status = 'failed', attempts = 1, next_attempt_at ="
                        + " now() + interval '1 h' WHERE tenant_id = ?");
        IntStream.range(0, 120).forEach(n -> desk.arrive("stuck", "waits " + n));
        desk.arrive("other", "free");

        desk.work(Desk.queue(noting()));

        assertThat(applied(desk)).containsExactly("free");
    }

    @Test
    void pauses_double_up_to_the_longest_and_are_spread_over_their_whole_length() {
        QueueSettings settings = QueueSettings.DEFAULT;
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int attempt = 1; attempt <= 100; attempt++) {
            Duration most =
                    attempt > 10 ? Duration.ofHours(12) : Duration.ofMinutes(1L << (attempt - 1));
            int n = attempt;
            List<Duration> pauses =
                    IntStream.range(0, 500).mapToObj(i -> settings.pause(n, random)).toList();
            assertThat(pauses).allMatch(pause -> pause.compareTo(most) <= 0);
            assertThat(pauses).anyMatch(pause -> pause.compareTo(most.dividedBy(2)) > 0);
            assertThat(pauses).anyMatch(pause -> pause.compareTo(most.dividedBy(2)) < 0);
        }
    }

    private static QueueSettings settings(int batch, Duration lease, int maxAttempts) {
        return new QueueSettings(
                batch, 1 << 20, lease, maxAttempts, Duration.ofMillis(1), Duration.ofMillis(5));
    }
}
