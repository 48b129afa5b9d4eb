package io.customergraph.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The server is killed at random moments while helpdesks deliver, and each delivers again what was
 * not acknowledged. {@code -Dcustomergraph.test.kills=100} kills it as often.
 */
class KilledServerTest {

    private static final int KILLS = Integer.getInteger("customergraph.test.kills", 2);
    private static final int SENDERS = 8;
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

    private final JdbcTemplate owner = TestDatabase.shared().owner();
    private final TenantId tenant = TestDatabase.shared().newTenant();
    private final AtomicLong numbers = new AtomicLong();
    private final Set<Long> accepted = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private final int port = ServerProcess.freePort();

    @TempDir private Path bodies;

    /** Written in the transaction that applies an event, so it is there as often as that was. */
    @BeforeEach
    void noteWhatIsApplied() {
        owner.execute("CREATE TABLE applied_events (tenant_id text, id uuid)");
        owner.execute(
                """
                CREATE FUNCTION note_applied_event() RETURNS trigger
                LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
                BEGIN
                    INSERT INTO applied_events VALUES (new.tenant_id, new.id);
                    RETURN NULL;
                END $$
                """);
        owner.execute(
                """
                CREATE TRIGGER note_applied AFTER UPDATE ON integration_events
                FOR EACH ROW WHEN (new.status = 'processed' AND old.status <> 'processed')
                EXECUTE FUNCTION note_applied_event()
                """);
    }

    @AfterEach
    void noteNoMore() {
        owner.execute("DROP TRIGGER note_applied ON integration_events");
        owner.execute("DROP FUNCTION note_applied_event()");
        owner.execute("DROP TABLE applied_events");
    }

    @Test
    void what_was_accepted_is_applied_once_however_often_the_server_is_killed() throws Exception {
        long seed = new Random().nextLong();
        ServerProcess server = start().awaitReady();
        try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
            List<Helpdesk> helpdesks =
                    List.of(
                            Helpdesk.connected(port, tenant, "north"),
                            Helpdesk.connected(port, tenant, "south"));
            List<Future<?>> senders = new ArrayList<>();
            for (int n = 0; n < SENDERS; n++) {
                senders.add(threads.submit(() -> deliver(helpdesks)));
            }
            server = killAndStart(server, new Random(seed));
            end.countDown();
            for (Future<?> sender : senders) {
                sender.get();
            }
            awaitEmptyQueue();
        } finally {
            end.countDown();
            server.close();
        }

        assertThat(accepted).as("seed %d", seed).hasSizeGreaterThan(KILLS);
        assertThat(delivered()).as("seed %d", seed).isEqualTo(accepted);
        assertThat(count("SELECT count(*) FROM applied_events WHERE tenant_id = ?"))
                .as("seed %d", seed)
                .isEqualTo(accepted.size());
        assertThat(count("SELECT count(DISTINCT id) FROM applied_events WHERE tenant_id = ?"))
                .isEqualTo(accepted.size());
        assertThat(count("SELECT count(*) FROM support_tickets WHERE tenant_id = ?"))
                .isEqualTo(accepted.size());
        assertThat(count("SELECT sum(total_tickets) FROM customers WHERE tenant_id = ?"))
                .isEqualTo(accepted.size());
    }

    private ServerProcess start() {
        return ServerProcess.start(
                port,
                Map.of(
                        "customergraph.bodies.directory", bodies.toString(),
                        // What a killed server had claimed is soon another's.
                        "customergraph.deliveries.lease", "3s",
                        "customergraph.deliveries.poll-interval", "1s"));
    }

    /** Some are killed while they start, most under load. */
    private ServerProcess killAndStart(ServerProcess first, Random random) throws Exception {
        ServerProcess server = first;
        for (int kill = 0; kill < KILLS; kill++) {
            if (random.nextInt(5) > 0) {
                server.awaitReady();
            }
            Thread.sleep(random.nextInt(3_000));
            server.kill();
            server = start();
        }
        return server.awaitReady();
    }

    /** As a provider: a delivery that was not acknowledged is sent until it is. */
    private Void deliver(List<Helpdesk> helpdesks) throws InterruptedException {
        while (end.getCount() > 0) {
            long number = numbers.incrementAndGet();
            Helpdesk from = helpdesks.get((int) (number % helpdesks.size()));
            while (!isAccepted(from, number)) {
                Thread.sleep(20);
            }
            accepted.add(number);
        }
        return null;
    }

    private boolean isAccepted(Helpdesk from, long number) {
        try (WebhookSender sender = new WebhookSender(port)) {
            int status = sender.send(from.path(), Helpdesk.SECRET, Helpdesk.ticket(number));
            if (status != 200 && status != 503) {
                throw new IllegalStateException("Answered with " + status);
            }
            return status == 200;
        } catch (IOException killed) {
            return false;
        }
    }

    private void awaitEmptyQueue() throws InterruptedException {
        Instant latest = Instant.now().plus(SETTLED_WITHIN);
        while (count(
                                """
                                SELECT count(*) FROM integration_events
                                WHERE tenant_id = ? AND status NOT IN ('processed', 'dead')
                                """)
                        > 0
                && Instant.now().isBefore(latest)) {
            Thread.sleep(100);
        }
    }

    /** The tickets of the events that were applied. */
    private Set<Long> delivered() {
        return Set.copyOf(
                owner.queryForList(
                        """
                        SELECT split_part(delivery_id, ':', 1)::bigint FROM integration_events
                        WHERE tenant_id = ? AND status = 'processed'
                        """,
                        Long.class,
                        tenant.value()));
    }

    private long count(String sql) {
        return Objects.requireNonNull(owner.queryForObject(sql, Long.class, tenant.value()));
    }
}
