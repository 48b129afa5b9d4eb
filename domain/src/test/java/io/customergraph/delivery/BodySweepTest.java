package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.tenant.TenantContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

class BodySweepTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final InstantSource TOMORROW = () -> Instant.now().plus(DAY).plusSeconds(60);

    private final Desk desk = new Desk();
    private final Path root;
    private final FileBodyStore store;

    BodySweepTest(@TempDir Path root) {
        this.root = root;
        this.store = new FileBodyStore(root, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void sweep(InstantSource clock, Duration every) {
        new BodySweep(Desk.DATABASE.client(), store, clock, every, DAY)
                .work()
                .contextWrite(TenantContext.of(desk.tenant))
                .block();
    }

    private String put(String text) {
        ByteBuffer body = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return Objects.requireNonNull(
                store.put(desk.tenant, desk.connection, UUID.randomUUID(), body).block());
    }

    private String ofAnEvent(String text) {
        String reference = put(text);
        Desk.DATABASE
                .owner()
                .update(
                        "INSERT INTO integration_events (tenant_id, id, connection_id, delivery_id,"
                                + " topic, body_ref, body_sha256, body_bytes)"
                                + " VALUES (?, ?, ?, ?, 'ticket', ?, sha256(''), 1)",
                        desk.tenant.value(),
                        UUID.randomUUID(),
                        desk.connection,
                        reference,
                        reference);
        return reference;
    }

    private boolean isStored(String reference) {
        return store.get(desk.tenant, reference).blockOptional().isPresent();
    }

    private static List<String> whose(Duration every) {
        return DatabaseClient.create(Desk.DATABASE.unbound())
                .sql(BodySweep.WHOSE)
                .bind("every", (double) every.toSeconds())
                .map(row -> String.valueOf(row.get(0, String.class)))
                .all()
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    @Test
    void what_no_delivery_names_goes_and_what_one_names_stays() {
        String nobodys = put("nobody's");
        String somebodys = ofAnEvent("somebody's");

        sweep(TOMORROW, DAY);

        assertThat(isStored(nobodys)).isFalse();
        assertThat(isStored(somebodys)).isTrue();
    }

    @Test
    void what_is_young_stays_for_its_row_may_be_on_its_way() {
        String young = put("young");

        sweep(InstantSource.system(), DAY);

        assertThat(isStored(young)).isTrue();
        assertThatThrownBy(
                        () ->
                                new BodySweep(
                                        Desk.DATABASE.client(),
                                        store,
                                        TOMORROW,
                                        DAY,
                                        Duration.ofMinutes(59)))
                .hasMessageContaining("an hour at the earliest");
    }

    @Test
    void one_node_looks_through_a_tenants_part_at_a_time() {
        assertThat(whose(DAY)).contains(desk.tenant.value());
        sweep(TOMORROW, DAY);
        String nobodys = put("nobody's");

        assertThat(whose(DAY)).doesNotContain(desk.tenant.value());
        sweep(TOMORROW, DAY);
        assertThat(isStored(nobodys)).isTrue();

        sweep(TOMORROW, Duration.ZERO);
        assertThat(isStored(nobodys)).isFalse();
    }

    @Test
    void a_sweep_that_fails_is_due_again() throws IOException {
        put("nobody's");
        Path day;
        try (var days = Files.list(root.resolve(desk.tenant.value()))) {
            day = days.findFirst().orElseThrow();
        }
        FileBodyStore closed = new FileBodyStore(root, Clock.systemUTC());
        closed.close();

        assertThatThrownBy(
                        () ->
                                new BodySweep(Desk.DATABASE.client(), closed, TOMORROW, DAY, DAY)
                                        .work()
                                        .contextWrite(TenantContext.of(desk.tenant))
                                        .block())
                .isNotNull();

        assertThat(day).exists();
        assertThat(whose(DAY)).contains(desk.tenant.value());
    }

    @Test
    void many_pages_of_them_go_and_the_rest_stays() {
        List<String> kept = IntStream.range(0, 3).mapToObj(i -> ofAnEvent("k" + i)).toList();
        Flux.range(0, 2_500)
                .flatMap(
                        i ->
                                store.put(
                                        desk.tenant,
                                        desk.connection,
                                        UUID.randomUUID(),
                                        ByteBuffer.wrap(new byte[] {(byte) i.intValue()})),
                        200)
                .blockLast();

        sweep(TOMORROW, DAY);

        assertThat(kept).allMatch(this::isStored);
        assertThat(
                        Objects.requireNonNull(
                                        store.list(desk.tenant, TOMORROW.instant(), "", 5_000)
                                                .block())
                                .references())
                .containsExactlyInAnyOrderElementsOf(kept);
    }
}
