package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.change.AuditLog;
import io.customergraph.id.Sha256;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import reactor.util.context.Context;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class AuditedBodiesTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final TenantId tenant = DATABASE.newTenant();
    private final UUID connection = newConnection(tenant);
    private final FileBodyStore store;
    private final AuditedBodies bodies;

    AuditedBodiesTest(@TempDir Path directory) {
        this.store = new FileBodyStore(directory, Clock.systemUTC());
        this.bodies = new AuditedBodies(DATABASE.client(), store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static UUID newConnection(TenantId tenant) {
        UUID id = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_connections (
                            tenant_id, id, provider, name, environment, account, status)
                        VALUES (?, ?, 'shopify', 'Shop', 'production', 'acme', 'active')
                        """,
                        tenant.value(),
                        id);
        return id;
    }

    private StoredBody stored(String text) {
        UUID event = UUID.randomUUID();
        ByteBuffer body = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        String sha256 = Sha256.hex(body);
        String reference =
                Objects.requireNonNull(store.put(tenant, connection, event, body).block());
        return new StoredBody(event, connection, reference, sha256);
    }

    private List<Map<String, @Nullable Object>> log() {
        return DATABASE.owner()
                .queryForList(
                        """
                        SELECT event_id, connection_id, actor, purpose, correlation_id
                        FROM webhook_access_logs WHERE tenant_id = ? ORDER BY id
                        """,
                        tenant.value());
    }

    @Test
    void who_reads_a_body_is_written_down_with_the_reason() {
        StoredBody body = stored("{\"email\":\"layla@example.com\"}");
        Context caller =
                TenantContext.of(new Caller(tenant, "key:partner", Set.of(Scope.INTEGRATIONS_READ)))
                        .put(AuditLog.CORRELATION_ID, "c-1");

        assertThat(bodies.read(body, AccessPurpose.READ).contextWrite(caller).block())
                .isEqualTo("{\"email\":\"layla@example.com\"}");

        assertThat(log())
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row)
                                        .containsEntry("event_id", body.event())
                                        .containsEntry("connection_id", connection)
                                        .containsEntry("actor", "key:partner")
                                        .containsEntry("purpose", "read")
                                        .containsEntry("correlation_id", "c-1"));
    }

    @Test
    void a_batch_of_bodies_is_read_by_the_system_each_with_its_note() {
        List<StoredBody> some = List.of(stored("a"), stored("b"), stored("c"));

        assertThat(
                        bodies.readAll(some, AccessPurpose.PROCESS)
                                .contextWrite(TenantContext.of(tenant))
                                .block())
                .isEqualTo(
                        Map.of(
                                some.get(0).event(), "a",
                                some.get(1).event(), "b",
                                some.get(2).event(), "c"));

        assertThat(log())
                .hasSize(3)
                .allSatisfy(
                        row ->
                                assertThat(row)
                                        .containsEntry("actor", "system")
                                        .containsEntry("purpose", "process"));
    }

    @Test
    void a_body_that_is_not_what_was_stored_is_not_given_out() {
        StoredBody body = stored("a");
        StoredBody other =
                new StoredBody(body.event(), connection, body.reference(), "00".repeat(32));

        assertThat(
                        bodies.read(other, AccessPurpose.PROCESS)
                                .contextWrite(TenantContext.of(tenant))
                                .blockOptional())
                .isEmpty();
    }
}
