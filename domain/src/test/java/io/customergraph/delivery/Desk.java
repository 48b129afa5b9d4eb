package io.customergraph.delivery;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.ingest.IdentityEvents;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.RecordDeletions;
import io.customergraph.tenant.TenantConnectionFactory;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A tenant of its own with a connection that deliveries come from. */
final class Desk {

    static final TestDatabase DATABASE = TestDatabase.shared();

    /** Short times, so that nothing has to be waited for. */
    static final QueueSettings QUICK =
            new QueueSettings(
                    50,
                    1 << 20,
                    Duration.ofSeconds(20),
                    3,
                    Duration.ofMillis(1),
                    Duration.ofMillis(5));

    static final BodyStore BODIES = bodies();

    final TenantId tenant = DATABASE.newTenant();
    final UUID connection;

    Desk() {
        this("freshdesk");
    }

    Desk(String provider) {
        connection = connect(provider);
    }

    UUID connect(String provider) {
        UUID id = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        "INSERT INTO integration_connections"
                                + " (tenant_id, id, provider, name, environment, account, status)"
                                + " VALUES (?, ?, ?, 'Desk', 'production', 'acme', 'active')",
                        tenant.value(),
                        id,
                        provider);
        return id;
    }

    /** Takes a delivery in, as the HTTP endpoint does: first the body, then its row. */
    UUID arrive(@Nullable String key, String body) {
        return arrive(connection, key, body.getBytes(StandardCharsets.UTF_8));
    }

    UUID arrive(UUID of, @Nullable String key, byte[] body) {
        UUID id = TimeOrderedId.next();
        String reference = BODIES.put(tenant, of, id, ByteBuffer.wrap(body)).block();
        DATABASE.owner()
                .update(
                        "INSERT INTO integration_events (tenant_id, id, connection_id, delivery_id,"
                                + " topic, ordering_key, body_ref, body_sha256, body_bytes)"
                                + " VALUES (?, ?, ?, ?, 'ticket', ?, ?, sha256(?), ?)",
                        tenant.value(),
                        id,
                        of,
                        id.toString(),
                        key,
                        reference,
                        body,
                        body.length);
        return id;
    }

    private static BodyStore bodies() {
        try {
            return new FileBodyStore(Files.createTempDirectory("bodies"), InstantSource.system());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A queue of a node with connections of its own. */
    static DeliveryQueue queue(
            TenantConnectionFactory connections, QueueSettings settings, DeliveryHandler handler) {
        return new DeliveryQueue(
                DatabaseClient.create(connections),
                TransactionalOperator.create(new R2dbcTransactionManager(connections)),
                new AuditedBodies(DatabaseClient.create(connections), BODIES),
                List.of(handler),
                settings);
    }

    static DeliveryQueue queue(DeliveryHandler handler) {
        return queue(DATABASE.connections(), QUICK, handler);
    }

    /** Makes tickets of what comes, as the application does. */
    static DeliveryHandler tickets(TenantConnectionFactory connections) {
        DatabaseClient client = DatabaseClient.create(connections);
        TransactionalOperator nested =
                TransactionalOperator.create(
                        new R2dbcTransactionManager(connections),
                        new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
        return new TranslatingHandler(
                new TicketLines(),
                new Ingestion(client, nested),
                new IdentityEvents(client, nested, Mono::empty),
                new RecordDeletions(client, nested),
                (connection, provider, at) -> Mono.empty(),
                (connection, provider, request, at) -> Mono.empty());
    }

    Worked work(DeliveryQueue queue) {
        return Objects.requireNonNull(
                queue.work(connection).contextWrite(TenantContext.of(tenant)).block());
    }

    /** Works until nothing waits any more, as long as a test may take. */
    void workItOff(DeliveryQueue queue) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (waiting() > 0) {
            work(queue);
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("Still waiting: " + statuses());
            }
        }
    }

    long waiting() {
        return Objects.requireNonNull(
                DATABASE.owner()
                        .queryForObject(
                                "SELECT count(*) FROM integration_events WHERE tenant_id = ?"
                                        + " AND status IN ('received', 'processing', 'failed')",
                                Long.class,
                                tenant.value()));
    }

    /** In the order in which they came. */
    List<String> statuses() {
        return texts("SELECT status FROM integration_events WHERE tenant_id = ? ORDER BY sequence");
    }

    @Nullable String of(UUID event, String column) {
        return DATABASE.owner()
                .queryForObject(
                        "SELECT " + column + "::text FROM integration_events WHERE id = ?",
                        String.class,
                        event);
    }

    List<String> tickets() {
        return texts(
                """
                SELECT t.external_id || ' ' || t.subject || ' ' || t.status || ' ' || c.email
                FROM support_tickets t
                JOIN customers c ON c.tenant_id = t.tenant_id AND c.id = t.customer_id
                WHERE t.tenant_id = ?
                ORDER BY t.external_id
                """);
    }

    List<String> texts(String sql) {
        return DATABASE.owner().queryForList(sql, String.class, tenant.value());
    }

    void update(String sql) {
        DATABASE.owner().update(sql, tenant.value());
    }
}
