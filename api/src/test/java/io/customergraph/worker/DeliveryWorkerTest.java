package io.customergraph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.AuditedBodies;
import io.customergraph.delivery.BodyStore;
import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryHandler;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.delivery.FileBodyStore;
import io.customergraph.delivery.QueueSettings;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Mono;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BooleanSupplier;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields.
class DeliveryWorkerTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final TenantId tenant = DATABASE.newTenant();
    private final List<String> applied = Collections.synchronizedList(new ArrayList<>());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir private Path directory;

    private BodyStore bodies;
    private DeliveryWorker worker;

    @BeforeEach
    void start_a_node_that_hardly_ever_polls() {
        bodies = new FileBodyStore(directory, Clock.systemUTC());
        DeliverySettings settings =
                new DeliverySettings(
                        true,
                        2,
                        Duration.ofHours(1),
                        5,
                        DataSize.ofMegabytes(1),
                        Duration.ofMinutes(1),
                        3,
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofDays(1),
                        Duration.ofDays(1));
        worker =
                new DeliveryWorker(
                        queue(settings.queue()),
                        DATABASE.unbound(),
                        new DeliveryWakes(DATABASE.unbound()),
                        settings,
                        new DeliveryMeters(meters));
    }

    @AfterEach
    void stop() {
        worker.stop();
    }

    private DeliveryQueue queue(QueueSettings settings) {
        DeliveryHandler noting =
                new DeliveryHandler() {
                    @Override
                    public String provider() {
                        return "smsa";
                    }

                    @Override
                    public Mono<List<DeliveryOutcome>> apply(List<Delivery> deliveries) {
                        return Mono.fromCallable(
                                () ->
                                        deliveries.stream()
                                                .map(DeliveryWorkerTest.this::apply)
                                                .toList());
                    }
                };
        return new DeliveryQueue(
                DATABASE.client(),
                DATABASE.transaction(),
                new AuditedBodies(DATABASE.client(), bodies),
                List.of(noting),
                settings);
    }

    private DeliveryOutcome apply(Delivery delivery) {
        applied.add(delivery.body());
        if (delivery.body().equals("fails")) {
            throw new IllegalStateException("fails");
        }
        return new DeliveryOutcome.Applied();
    }

    private UUID connect() {
        UUID id = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        "INSERT INTO integration_connections"
                                + " (tenant_id, id, provider, name, environment, account, status)"
                                + " VALUES (?, ?, 'smsa', 'Desk', 'production', 'smsa', 'active')",
                        tenant.value(),
                        id);
        return id;
    }

    private void arrive(UUID connection, String body) {
        UUID id = UUID.randomUUID();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String reference = bodies.put(tenant, connection, id, ByteBuffer.wrap(bytes)).block();
        DATABASE.owner()
                .update(
                        "INSERT INTO integration_events (tenant_id, id, connection_id, delivery_id,"
                                + " topic, body_ref, body_sha256, body_bytes)"
                                + " VALUES (?, ?, ?, ?, 'moved', ?, sha256(?), ?)",
                        tenant.value(),
                        id,
                        connection,
                        id.toString(),
                        reference,
                        bytes,
                        bytes.length);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < giveUp) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private double counted(String status) {
        return meters.counter("customergraph.deliveries", "provider", "smsa", "status", status)
                .count();
    }

    @Test
    void a_delivery_wakes_the_node_without_any_poll() throws InterruptedException {
        UUID connection = connect();
        worker.start();
        arrive(connection, "first");
        await(() -> applied.contains("first"));

        arrive(connection, "second");

        await(() -> applied.contains("second"));
        await(() -> counted("processed") >= 2);
        assertThat(
                        meters.getMeters().stream()
                                .flatMap(meter -> meter.getId().getTags().stream())
                                .map(tag -> tag.getKey().toLowerCase(Locale.ROOT))
                                .distinct())
                .containsOnly("provider", "status");
    }

    @Test
    void what_failed_is_tried_again_when_it_is_due_and_dead_after_the_last_time()
            throws InterruptedException {
        UUID connection = connect();
        worker.start();

        arrive(connection, "fails");

        await(() -> counted("dead") == 1);
        assertThat(applied).containsExactly("fails", "fails", "fails");
        assertThat(counted("failed")).isEqualTo(2);
    }

    @Test
    void a_noisy_connection_does_not_keep_another_waiting() throws InterruptedException {
        UUID noisy = connect();
        UUID quiet = connect();
        for (int n = 0; n < 100; n++) {
            arrive(noisy, "noise");
        }
        arrive(quiet, "quiet");

        worker.start();

        await(() -> applied.size() == 101);
        assertThat(applied.indexOf("quiet")).isLessThan(30);
    }
}
