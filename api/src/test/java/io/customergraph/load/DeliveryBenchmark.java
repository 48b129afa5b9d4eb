package io.customergraph.load;

import io.customergraph.load.Load.Outcome;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * From a webhook to its customer, on one machine with everything: the load, the application in
 * processes of its own, and PostgreSQL with {@code fsync}. Prints what the acceptance reaches
 * beside {@code pgbench} in the same minutes, how long it takes at half of that, and how fast one
 * process and two empty the queue.
 */
final class DeliveryBenchmark {

    private static final int SENDERS = 32;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration STRETCH = Duration.ofSeconds(15);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration COMPILED = Duration.ofSeconds(40);
    private static final long BACKLOG = 280_000;

    private static final Map<String, String> ACCEPTS =
            Map.of(
                    "customergraph.deliveries.enabled", "false",
                    "customergraph.bodies.directory", "target/bench-bodies",
                    "customergraph.matching.queue-interval", "1h");
    private static final Map<String, String> WORKS =
            Map.of("customergraph.bodies.directory", "target/bench-bodies");

    private static final Map<String, String> WORKS_ALONE =
            Map.of(
                    "customergraph.bodies.directory", "target/bench-bodies",
                    "customergraph.deliveries.concurrency", "1");

    private final TestDatabase database = TestDatabase.shared();

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new DeliveryBenchmark().run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        DurableInserts.makeTables(database.owner());
        long accepted;
        try (ServerProcess server =
                ServerProcess.start(ServerProcess.freePort(), ACCEPTS).awaitReady()) {
            Load load = new Load(server.port(), SENDERS, helpdesks(server.port()));
            accepted = accept(load);
        }
        work();
        check(accepted);
    }

    private List<Helpdesk> helpdesks(int port) {
        List<Helpdesk> helpdesks = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            TenantId tenant = database.newTenant();
            for (String domain : List.of("north", "south", "east", "west")) {
                helpdesks.add(Helpdesk.connected(port, tenant, domain));
            }
        }
        return helpdesks;
    }

    private long accept(Load load) throws IOException, InterruptedException {
        load.asFastAsItGoes(COMPILED);
        double accepted = 0;
        double texts = 0;
        double events = 0;
        for (int n = 0; n < ROUNDS; n++) {
            texts += inserts(DurableInserts.OF_TEXT);
            events += inserts(DurableInserts.OF_EVENTS);
            Outcome outcome = load.asFastAsItGoes(ROUND);
            accepted += outcome.perSecond();
            print(
                    "%,8.0f webhooks accepted a second: %s"
                            .formatted(outcome.perSecond(), outcome.times()));
        }
        print("%,8.0f inserts of such rows (pgbench)".formatted(events / ROUNDS));
        print("%,8.0f inserts of rows without indexes (pgbench)".formatted(texts / ROUNDS));
        print(
                "accepted beside inserted, %d rounds: %.2f, beside rows without indexes %.2f"
                        .formatted(ROUNDS, accepted / events, accepted / texts));
        Outcome half = load.at(accepted / ROUNDS / 2, STRETCH);
        print("at half of that, %,.0f a second: %s".formatted(half.perSecond(), half.times()));
        while (load.sent() < BACKLOG) {
            load.asFastAsItGoes(Duration.ofSeconds(5));
        }
        return load.sent();
    }

    private double inserts(String kind) throws IOException, InterruptedException {
        return DurableInserts.perSecond(database.port(), kind, SENDERS, ROUND);
    }

    /** One process that works at a batch at a time, two such, one again; and one as it comes. */
    private void work() throws InterruptedException {
        try (ServerProcess first = ServerProcess.start(ServerProcess.freePort(), WORKS_ALONE)) {
            first.awaitReady();
            Thread.sleep(COMPILED);
            double before = processedPerSecond();
            double both;
            try (ServerProcess second =
                    ServerProcess.start(ServerProcess.freePort(), WORKS_ALONE)) {
                second.awaitReady();
                Thread.sleep(COMPILED);
                both = processedPerSecond();
            }
            double after = processedPerSecond();
            print(
                    "applied a second, one batch at a time: %,.0f by one process, %,.0f by two, %,.0f by one: %.2f times"
                            .formatted(before, both, after, both / ((before + after) / 2)));
        }
        try (ServerProcess server = ServerProcess.start(ServerProcess.freePort(), WORKS)) {
            server.awaitReady();
            Thread.sleep(WARM_UP);
            print("applied a second, by one process: %,.0f".formatted(processedPerSecond()));
            while (open() > 0) {
                Thread.sleep(200);
            }
        }
    }

    private double processedPerSecond() throws InterruptedException {
        long start = System.nanoTime();
        long before = open();
        Thread.sleep(STRETCH);
        long after = open();
        if (after == 0) {
            throw new IllegalStateException("The queue was empty too early to measure");
        }
        return (before - after) * 1e9 / (System.nanoTime() - start);
    }

    private long open() {
        return count(
                "SELECT count(*) FROM integration_events WHERE status IN ('received',"
                        + " 'processing', 'failed')");
    }

    private void check(long accepted) {
        print(
                "accepted %,d, applied %,d, tickets %,d, customers %,d"
                        .formatted(
                                accepted,
                                count(
                                        "SELECT count(*) FROM integration_events WHERE status ="
                                                + " 'processed'"),
                                count("SELECT count(*) FROM support_tickets"),
                                count("SELECT count(*) FROM customers")));
    }

    private long count(String sql) {
        return Objects.requireNonNull(database.owner().queryForObject(sql, Long.class));
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
