package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantContext;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Whatever fails, dies or comes twice: in the end it is as if everything had gone well once. */
class DeliveryLawsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String[] STATUSES = {"open", "pending", "resolved", "closed"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void troubled_nodes_end_where_an_untroubled_one_does(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Desk calm = new Desk();
        Desk troubled = new Desk();
        List<String> sent = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            int ticket = random.nextInt(15);
            String line =
                    !sent.isEmpty() && random.nextInt(6) == 0
                            ? sent.get(random.nextInt(sent.size()))
                            : "%d %d %s p%d@example.com"
                                    .formatted(
                                            ticket,
                                            n,
                                            STATUSES[random.nextInt(STATUSES.length)],
                                            ticket % 9);
            sent.add(line);
            String key = line.substring(0, line.indexOf(' '));
            calm.arrive(key, line);
            troubled.arrive(key, line);
        }

        calm.workItOff(Desk.queue(Desk.tickets(DATABASE.connections())));
        QueueSettings brief =
                new QueueSettings(
                        20,
                        1 << 20,
                        Duration.ofMillis(250),
                        100,
                        Duration.ofMillis(1),
                        Duration.ofMillis(20));
        Flux.range(0, 3)
                .flatMap(node -> node(brief, troubled, random.nextLong()), 3)
                .contextWrite(TenantContext.of(troubled.tenant))
                .blockLast(Duration.ofSeconds(60));

        assertThat(troubled.statuses()).containsOnly("processed").hasSize(60);
        assertThat(troubled.tickets()).isEqualTo(calm.tickets()).isNotEmpty();
        assertThat(ledger(troubled)).isEqualTo(ledger(calm));
    }

    /** How often each ticket was decided about, and how many people there are. */
    private static List<String> ledger(Desk desk) {
        return desk.texts(
                """
                WITH mine AS (SELECT ? AS tenant)
                SELECT 'customers ' || count(*) FROM customers, mine WHERE tenant_id = tenant
                UNION ALL
                SELECT 'decisions ' || count(*) FROM match_decisions, mine WHERE tenant_id = tenant
                UNION ALL
                SELECT 'event ' || sum(count) || ' ' || sum(failures)
                FROM integration_metrics_hourly, mine WHERE tenant_id = tenant
                """);
    }

    /** Nodes that die one after the other, each of which leaves what it was at. */
    private static Mono<Void> node(QueueSettings settings, Desk desk, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return Mono.defer(() -> life(settings, desk, random))
                .repeat(() -> desk.waiting() > 0)
                .then();
    }

    private static Mono<Void> life(QueueSettings settings, Desk desk, RandomGenerator random) {
        MortalNode node =
                new MortalNode(
                        settings, connections -> new Troubled(Desk.tickets(connections), random));
        return node.queue()
                .work(desk.connection)
                .repeat(() -> desk.waiting() > 0)
                .then()
                .timeout(Duration.ofMillis(500 + random.nextInt(1500)), Mono.empty())
                .publishOn(Schedulers.boundedElastic())
                .doFinally(end -> node.kill());
    }

    /** Fails before or after it has applied a batch, or does not come to an end. */
    private record Troubled(DeliveryHandler calm, RandomGenerator random)
            implements DeliveryHandler {

        @Override
        public String provider() {
            return calm.provider();
        }

        @Override
        public Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries) {
            return switch (random.nextInt(12)) {
                case 0 -> Mono.error(new IllegalStateException("before"));
                case 1 ->
                        calm.apply(deliveries)
                                .then(Mono.error(new IllegalStateException("afterwards")));
                case 2 -> calm.apply(deliveries).then(Mono.never());
                default -> calm.apply(deliveries);
            };
        }
    }
}
