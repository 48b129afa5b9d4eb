package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.bodies.S3Server;
import io.customergraph.delivery.BodyStore;
import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.delivery.FileBodyStore;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;
import io.customergraph.worker.BodyRetentionWorker;
import io.customergraph.worker.BodySweepWorker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;

/** The application with its bodies in an object store, from the webhook to the end of retention. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring and the tests' life set the fields.
class BodiesInS3Test {

    @TempDir static Path bucket;

    private static S3Server server;

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final TenantId tenant = DATABASE.newTenant();
    private final String marker = "marker-" + UUID.randomUUID();
    private final String ticket =
            """
            {"ticket_id": "7001", "subject": "%s"}
            """
                    .formatted(marker);

    private static final HelpdeskDouble HELPDESK = new HelpdeskDouble();

    private Provider helpdesk;

    @Value("${local.server.port}")
    private int port;

    @Autowired private BodyStore store;
    @Autowired private DeliveryQueue queue;
    @Autowired private BodyRetentionWorker retention;
    @Autowired private BodySweepWorker sweep;

    @BeforeAll
    static void start() {
        server = S3Server.on(bucket);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @DynamicPropertySource
    static void bodies_are_in_s3(DynamicPropertyRegistry properties) {
        HELPDESK.standsIn(properties);
        properties.add("customergraph.bodies.kind", () -> "s3");
        properties.add("customergraph.bodies.s3.bucket", () -> S3Server.BUCKET);
        properties.add("customergraph.bodies.s3.region", () -> "us-east-1");
        properties.add("customergraph.bodies.s3.endpoint", () -> server.endpoint().toString());
        properties.add("customergraph.bodies.s3.path-style", () -> "true");
        properties.add("customergraph.bodies.s3.prefix", () -> "webhooks/");
        properties.add("customergraph.bodies.s3.access-key", () -> S3Server.ACCESS_KEY);
        properties.add("customergraph.bodies.s3.secret-key", () -> S3Server.SECRET_KEY);
        properties.add("customergraph.bodies.s3.attempt-timeout", () -> "4s");
        properties.add("customergraph.bodies.s3.timeout", () -> "8s");
    }

    @BeforeEach
    void connect() {
        HELPDESK.has(
                7001,
                Instant.parse("2026-03-01T10:00:00Z"),
                marker,
                "{\"id\": 9, \"name\": \"Layla Haddad\", \"email\": \"layla@example.com\"}");
        helpdesk = HelpdeskDouble.connected(port, tenant);
    }

    private HttpResponse<String> deliver() {
        return helpdesk.deliver(ticket, "X-Webhook-Secret", HelpdeskDouble.SECRET);
    }

    private void run(Mono<?> work) {
        work.contextWrite(TenantContext.of(tenant)).block();
    }

    private static void until(Callable<Boolean> isSo) throws Exception {
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!isSo.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(giveUp);
            Thread.sleep(20);
        }
    }

    private boolean isSwept() {
        return !DATABASE.owner()
                .queryForList(
                        "SELECT begun_at FROM integration_body_sweeps WHERE tenant_id = ?",
                        tenant.value())
                .isEmpty();
    }

    private String eventId() {
        return NodeId.encode(
                NodeType.INTEGRATION_EVENT,
                Objects.requireNonNull(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT id FROM integration_events WHERE tenant_id = ?",
                                        UUID.class,
                                        tenant.value())));
    }

    private Response asked(String document) {
        return TestKeys.client(
                        port,
                        tenant,
                        Scope.CUSTOMERS_READ,
                        Scope.INTEGRATIONS_READ,
                        Scope.INTEGRATIONS_WRITE)
                .document(document)
                .variable("id", eventId())
                .execute();
    }

    private List<String> accesses() {
        return DATABASE.owner()
                .queryForList(
                        "SELECT purpose FROM webhook_access_logs WHERE tenant_id = ?"
                                + " ORDER BY accessed_at",
                        String.class,
                        tenant.value());
    }

    @Test
    void a_ticket_goes_through_the_object_store_to_its_customer_and_is_read_there()
            throws IOException {
        assertThat(deliver().statusCode()).isEqualTo(200);
        assertThat(server.holds(marker)).isTrue();

        run(queue.work(helpdesk.connection()));

        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT t.subject || c.email FROM support_tickets t"
                                                + " JOIN customers c ON c.id = t.customer_id"
                                                + " WHERE t.tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .containsExactly(marker + "layla@example.com");
        asked("query ($id: ID!) { integrationEventBody(id: $id) }")
                .path("integrationEventBody")
                .entity(String.class)
                .isEqualTo(ticket);
        assertThat(accesses()).containsExactly("process", "read");
        assertThat(store).isNotInstanceOf(FileBodyStore.class);
    }

    @Test
    void while_the_store_is_down_nothing_is_accepted_and_the_provider_is_told_to_try_again() {
        server.stop();
        HttpResponse<String> refused;
        try {
            refused = deliver();
        } finally {
            server.startAgain();
        }

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(refused.body()).contains("was not accepted").doesNotContain(marker);
        assertThat(helpdesk.events()).isEmpty();

        assertThat(deliver().statusCode()).isEqualTo(200);
        assertThat(helpdesk.events()).hasSize(1);
    }

    @Test
    void a_body_that_cannot_be_read_now_is_applied_once_the_store_is_there_again() {
        assertThat(deliver().statusCode()).isEqualTo(200);
        server.stop();
        try {
            run(queue.work(helpdesk.connection()));
        } finally {
            server.startAgain();
        }
        assertThat(helpdesk.events().getFirst()).containsEntry("status", "failed");
        DATABASE.owner()
                .update(
                        "UPDATE integration_events SET next_attempt_at = now()"
                                + " WHERE tenant_id = ?",
                        tenant.value());

        run(queue.work(helpdesk.connection()));

        assertThat(helpdesk.events().getFirst()).containsEntry("status", "processed");
    }

    @Test
    void after_its_retention_a_body_is_gone_which_readers_and_replayers_are_told()
            throws Exception {
        assertThat(deliver().statusCode()).isEqualTo(200);
        run(queue.work(helpdesk.connection()));
        DATABASE.owner()
                .update(
                        "UPDATE integration_events SET received_at = now() - interval '31 days'"
                                + " WHERE tenant_id = ?",
                        tenant.value());

        retention.wake();

        until(() -> !server.holds(marker));
        assertThat(accesses()).containsExactly("process", "delete");
        asked(
                        """
                        query ($id: ID!) { integrationEventBody(id: $id)
                          node(id: $id) { ... on IntegrationEvent { hasBody status } } }
                        """)
                .path("")
                .matchesJson(
                        """
                        {"integrationEventBody": null,
                         "node": {"hasBody": false, "status": "PROCESSED"}}
                        """);
        asked(
                        """
                        mutation ($id: ID!) { done: replayIntegrationEvent(input: {id: $id}) {
                            event { id } userErrors { code field message } } }
                        """)
                .path("done")
                .matchesJson(
                        """
                        {"event": null, "userErrors": [{"code": "BLOCKED",
                          "field": ["input", "id"],
                          "message": "Its body is not kept any more; change the record at the provider, which delivers it anew"}]}
                        """);
    }

    @Test
    void the_sweep_leaves_what_deliveries_name() throws Exception {
        assertThat(deliver().statusCode()).isEqualTo(200);

        sweep.wake();

        until(this::isSwept);
        assertThat(server.holds(marker)).isTrue();
    }
}
