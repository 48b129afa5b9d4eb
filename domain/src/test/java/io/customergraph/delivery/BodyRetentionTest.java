package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

class BodyRetentionTest {

    private static final Duration DEAD = Duration.ofDays(90);

    private final Desk desk = new Desk();

    private static BodyRetention retention(BodyStore store) {
        return new BodyRetention(DatabaseClient.create(Desk.DATABASE.connections()), store, DEAD);
    }

    private void work() {
        work(Desk.BODIES);
    }

    private void work(BodyStore store) {
        retention(store).work().contextWrite(TenantContext.of(desk.tenant)).block();
    }

    private UUID arrived(String status, int days) {
        return arrived(desk.connection, status, days);
    }

    private UUID arrived(UUID connection, String status, int days) {
        return arrived(desk, connection, status, days);
    }

    private static UUID arrived(Desk desk, UUID connection, String status, int days) {
        UUID id = desk.arrive(connection, null, "{}".getBytes(StandardCharsets.UTF_8));
        Desk.DATABASE
                .owner()
                .update(
                        """
                        UPDATE integration_events
                        SET status = ?, received_at = now() - make_interval(days => ?),
                            processed_at = CASE WHEN ? IN ('processed', 'ignored') THEN now() END,
                            claimed_by = CASE ? WHEN 'processing' THEN 'node' END,
                            claimed_until = CASE ? WHEN 'processing' THEN now() END
                        WHERE id = ?
                        """,
                        status,
                        days,
                        status,
                        status,
                        status,
                        id);
        return id;
    }

    private String reference(UUID event) {
        return String.valueOf(desk.of(event, "body_ref"));
    }

    private boolean isStored(String reference) {
        return Desk.BODIES.get(desk.tenant, reference).blockOptional().isPresent();
    }

    private List<String> log() {
        return desk.texts(
                "SELECT purpose || ' ' || actor || ' ' || event_id FROM webhook_access_logs"
                        + " WHERE tenant_id = ?");
    }

    private static List<String> whose() {
        return DatabaseClient.create(Desk.DATABASE.unbound())
                .sql(BodyRetention.WHOSE)
                .bind("dead", (double) DEAD.toSeconds())
                .map(row -> String.valueOf(row.get(0, String.class)))
                .all()
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "processed, 31, true",
        "processed, 29, false",
        "ignored, 31, true",
        "ignored, 29, false",
        "dead, 91, true",
        "dead, 89, false",
        "received, 400, false",
        "processing, 400, false",
        "failed, 400, false"
    })
    void a_body_goes_when_its_time_is_over_and_nothing_waits_for_it(
            String status, int days, boolean isDeleted) {
        UUID event = arrived(status, days);
        String reference = reference(event);

        assertThat(whose().contains(desk.tenant.value())).isEqualTo(isDeleted);
        work();

        assertThat(isStored(reference)).isEqualTo(!isDeleted);
        assertThat(desk.of(event, "body_ref")).isEqualTo(isDeleted ? null : reference);
        assertThat(desk.of(event, "status")).isEqualTo(status);
        assertThat(log()).isEqualTo(isDeleted ? List.of("delete system " + event) : List.of());
        assertThat(whose()).doesNotContain(desk.tenant.value());
    }

    @Test
    void each_connection_keeps_bodies_as_long_as_it_says() {
        UUID longer = desk.connect("shopify");
        for (UUID one : List.of(desk.connection, longer)) {
            Desk.DATABASE
                    .owner()
                    .update(
                            "INSERT INTO integration_webhook_configs"
                                    + " (tenant_id, id, connection_id, body_retention)"
                                    + " VALUES (?, ?, ?, make_interval(days => ?))",
                            desk.tenant.value(),
                            UUID.randomUUID(),
                            one,
                            one.equals(longer) ? 200 : 2);
        }
        UUID shortOne = arrived("processed", 3);
        UUID longOne = arrived(longer, "processed", 199);
        UUID longDead = arrived(longer, "dead", 199);

        work();

        assertThat(desk.of(shortOne, "body_ref")).isNull();
        assertThat(desk.of(longOne, "body_ref")).isNotNull();
        assertThat(desk.of(longDead, "body_ref")).isNotNull();
    }

    @Test
    void of_another_tenant_nothing_is_touched() {
        Desk other = new Desk();
        UUID theirs = arrived(other, other.connection, "processed", 40);

        work();

        assertThat(other.of(theirs, "body_ref")).isNotNull();
        assertThat(whose()).contains(other.tenant.value());
    }

    @Test
    void nodes_that_delete_at_once_delete_and_note_each_body_once() {
        List<UUID> events =
                IntStream.range(0, 250).mapToObj(_ -> arrived("processed", 40)).toList();
        List<String> references = events.stream().map(this::reference).toList();

        Flux.range(0, 4)
                .flatMap(_ -> retention(Desk.BODIES).work(), 4)
                .contextWrite(TenantContext.of(desk.tenant))
                .blockLast();
        work();

        assertThat(references).noneMatch(this::isStored);
        assertThat(log()).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void after_a_crash_between_row_and_body_nothing_is_applied_again_and_the_sweep_finds_it() {
        UUID event = arrived("dead", 100);
        String reference = reference(event);

        assertThatThrownBy(() -> work(new Undeleted())).hasMessageContaining("the node died");

        assertThat(desk.of(event, "body_ref")).isNull();
        assertThat(isStored(reference)).isTrue();
        new BodySweep(
                        Desk.DATABASE.client(),
                        Desk.BODIES,
                        () -> Instant.now().plus(Duration.ofDays(2)),
                        Duration.ofDays(1),
                        Duration.ofDays(1))
                .work()
                .contextWrite(TenantContext.of(desk.tenant))
                .block();
        assertThat(isStored(reference)).isFalse();
    }

    /** A store at the moment before a node dies. */
    private static final class Undeleted implements BodyStore {

        @Override
        public Mono<String> put(TenantId tenant, UUID connection, UUID event, ByteBuffer body) {
            return Desk.BODIES.put(tenant, connection, event, body);
        }

        @Override
        public Mono<ByteBuffer> get(TenantId tenant, String reference) {
            return Desk.BODIES.get(tenant, reference);
        }

        @Override
        public Mono<Void> delete(TenantId tenant, String reference) {
            return Mono.error(new IllegalStateException("the node died"));
        }

        @Override
        public Mono<BodyPage> list(TenantId tenant, Instant before, String after, int atMost) {
            return Desk.BODIES.list(tenant, before, after, atMost);
        }
    }
}
