package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.config.StatementLog;
import io.customergraph.delivery.BodyStore;
import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class DeliveriesTest {

    @TempDir static Path bodies;

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final TenantId tenant = DATABASE.newTenant();
    private final UUID connection = connect(tenant);

    @Value("${local.server.port}")
    private int port;

    @Autowired private BodyStore store;
    @Autowired private DeliveryQueue queue;
    @Autowired private StatementLog log;

    @DynamicPropertySource
    static void bodies_are_here(DynamicPropertyRegistry properties) {
        properties.add("customergraph.bodies.directory", bodies::toString);
    }

    private static UUID connect(TenantId tenant) {
        UUID id = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        "INSERT INTO integration_connections"
                                + " (tenant_id, id, provider, name, environment, account, status)"
                                + " VALUES (?, ?, 'freshdesk', 'Desk', 'production',"
                                + " 'acme.freshdesk.com', 'active')",
                        tenant.value(),
                        id);
        return id;
    }

    private UUID arrive(TenantId of, UUID by, String body) {
        UUID id = UUID.randomUUID();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String reference = store.put(of, by, id, ByteBuffer.wrap(bytes)).block();
        DATABASE.owner()
                .update(
                        "INSERT INTO integration_events (tenant_id, id, connection_id, delivery_id,"
                                + " topic, body_ref, body_sha256, body_bytes)"
                                + " VALUES (?, ?, ?, ?, 'ticket', ?, sha256(?), ?)",
                        of.value(),
                        id,
                        by,
                        id.toString(),
                        reference,
                        bytes,
                        bytes.length);
        return id;
    }

    private void work() {
        queue.work(connection).contextWrite(TenantContext.of(tenant)).block();
    }

    private HttpGraphQlTester partner() {
        return TestKeys.client(
                port,
                tenant,
                Scope.CUSTOMERS_READ,
                Scope.INTEGRATIONS_READ,
                Scope.INTEGRATIONS_WRITE);
    }

    private static String id(UUID event) {
        return NodeId.encode(NodeType.INTEGRATION_EVENT, event);
    }

    private String connectionId() {
        return NodeId.encode(NodeType.INTEGRATION_CONNECTION, connection);
    }

    private Response replay(UUID event) {
        return partner()
                .document(
                        """
                        mutation ($id: ID!) { done: replayIntegrationEvent(input: {id: $id}) {
                            event { status attempts } userErrors { code field message } } }
                        """)
                .variable("id", id(event))
                .execute();
    }

    @Test
    void a_ticket_that_was_delivered_becomes_a_ticket_of_its_customer() {
        arrive(
                tenant,
                connection,
                """
                {"ticket_id": 7, "subject": "Late", "requester": {"email": "ann@example.com"}}
                """);
        arrive(tenant, connection, "no json");
        work();

        partner()
                .document(
                        """
                        query ($c: ID!) {
                          integrationEvents(first: 5, filter: {connectionId: $c}) {
                            totalCount nodes { status attempts errorCode topic hasBody
                                               connection { name } } }
                          node(id: $c) { ... on IntegrationConnection {
                            queue { depth lagSeconds dead oldestReceivedAt }
                            events(first: 1) { totalCount nodes { status } } } } }
                        """)
                .variable("c", connectionId())
                .execute()
                .path("")
                .matchesJson(
                        """
                        {"integrationEvents": {"totalCount": 2, "nodes": [
                           {"status": "DEAD", "attempts": 1, "errorCode": "NOT_JSON",
                            "topic": "ticket", "hasBody": true, "connection": {"name": "Desk"}},
                           {"status": "PROCESSED", "attempts": 1, "errorCode": null,
                            "topic": "ticket", "hasBody": true, "connection": {"name": "Desk"}}]},
                         "node": {"queue": {"depth": 0, "lagSeconds": 0, "dead": 1,
                                            "oldestReceivedAt": null},
                                  "events": {"totalCount": 2, "nodes": [{"status": "DEAD"}]}}}
                        """);
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT t.external_id || c.email FROM support_tickets t"
                                                + " JOIN customers c ON c.id = t.customer_id"
                                                + " WHERE t.tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .containsExactly("7ann@example.com");
    }

    @Test
    void a_dead_delivery_is_replayed_and_one_that_waits_is_not() {
        UUID dead = arrive(tenant, connection, "no json");
        work();

        replay(dead)
                .path("done")
                .matchesJson(
                        """
                        {"event": {"status": "RECEIVED", "attempts": 0}, "userErrors": []}
                        """);
        replay(dead)
                .path("done.event")
                .valueIsNull()
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("BLOCKED");
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT action FROM audit_log WHERE tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .containsExactly("replayIntegrationEvent");
    }

    @Test
    void nothing_of_a_disconnected_connection_is_replayed_since_it_would_wait_for_ever() {
        UUID dead = arrive(tenant, connection, "no json");
        work();
        DATABASE.owner()
                .update(
                        "UPDATE integration_connections SET status = 'disconnected',"
                                + " disconnected_at = now() WHERE id = ?",
                        connection);

        replay(dead)
                .path("done")
                .matchesJson("{\"event\": null, \"userErrors\": [{\"code\": \"BLOCKED\"}]}")
                .path("done.userErrors[0].message")
                .entity(String.class)
                .satisfies(told -> assertThat(told).contains("disconnected"));
        partner()
                .document(
                        """
                        mutation ($f: IntegrationEventFilter!) {
                          done: replayIntegrationEvents(input: {filter: $f}) { replayed userErrors { code } } }
                        """)
                .variable("f", Map.of("connectionId", connectionId()))
                .execute()
                .path("done")
                .matchesJson("{\"replayed\": null, \"userErrors\": [{\"code\": \"BLOCKED\"}]}");
    }

    @Test
    void a_filter_is_replayed_in_bounded_parts_that_tell_what_is_left() {
        for (int n = 0; n < 3; n++) {
            arrive(tenant, connection, "no json");
        }
        work();
        String replay =
                """
                mutation ($f: IntegrationEventFilter!, $limit: Int!) {
                  done: replayIntegrationEvents(input: {filter: $f, limit: $limit}) {
                    replayed left userErrors { code field } } }
                """;
        Map<String, Object> dead =
                Map.of("connectionId", connectionId(), "status", List.of("DEAD"));

        partner()
                .document(replay)
                .variable("f", dead)
                .variable("limit", 2)
                .execute()
                .path("done")
                .matchesJson("{\"replayed\": 2, \"left\": 1, \"userErrors\": []}");
        partner()
                .document(replay)
                .variable("f", Map.of())
                .variable("limit", 2)
                .execute()
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("REQUIRED");
        partner()
                .document(replay)
                .variable("f", dead)
                .variable("limit", 1001)
                .execute()
                .path("done.userErrors[0].field")
                .entityList(String.class)
                .containsExactly("input", "limit");
    }

    @Test
    void a_body_is_read_by_writers_only_and_the_reading_is_written_down() {
        UUID event = arrive(tenant, connection, "{\"ticket_id\": 1}");
        String body = "query ($id: ID!) { integrationEventBody(id: $id) }";

        partner()
                .document(body)
                .variable("id", id(event))
                .execute()
                .path("integrationEventBody")
                .entity(String.class)
                .isEqualTo("{\"ticket_id\": 1}");
        TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ)
                .document(body)
                .variable("id", id(event))
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors).hasSize(1));
        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        "SELECT purpose FROM webhook_access_logs WHERE event_id ="
                                                + " ?",
                                        String.class,
                                        event))
                .containsExactly("read");
        partner()
                .document(
                        """
                        query ($id: ID!) { node(id: $id) { ... on IntegrationEvent { accesses { actor purpose } } } }
                        """)
                .variable("id", id(event))
                .execute()
                .path("node.accesses[*].purpose")
                .entityList(String.class)
                .containsExactly("READ");
    }

    @Test
    void another_tenants_delivery_is_not_there() {
        TenantId other = DATABASE.newTenant();
        UUID foreign = connect(other);
        UUID theirs = arrive(other, foreign, "{\"ticket_id\": 1}");
        DATABASE.owner()
                .update(
                        "UPDATE integration_events SET status = 'dead' WHERE tenant_id = ?",
                        other.value());

        replay(theirs).path("done.userErrors[0].code").entity(String.class).isEqualTo("NOT_FOUND");
        partner()
                .document(
                        """
                        mutation ($f: IntegrationEventFilter!) {
                          done: replayIntegrationEvents(input: {filter: $f}) { replayed userErrors { code } } }
                        """)
                .variable(
                        "f",
                        Map.of(
                                "connectionId",
                                NodeId.encode(NodeType.INTEGRATION_CONNECTION, foreign)))
                .execute()
                .path("done")
                .matchesJson("{\"replayed\": null, \"userErrors\": [{\"code\": \"NOT_FOUND\"}]}");
        partner()
                .document(
                        "query ($id: ID!) { node(id: $id) { id } integrationEventBody(id: $id)"
                                + " integrationEvents(first: 5) { totalCount } }")
                .variable("id", id(theirs))
                .execute()
                .path("")
                .matchesJson(
                        """
                        {"node": null, "integrationEventBody": null,
                         "integrationEvents": {"totalCount": 0}}
                        """);
        assertThat(
                        DATABASE.owner()
                                .queryForObject(
                                        "SELECT status FROM integration_events WHERE id = ?",
                                        String.class,
                                        theirs))
                .isEqualTo("dead");
    }

    @Test
    void statements_do_not_grow_with_connections_and_deliveries() {
        String query =
                """
                query ($n: Int!) { integrationConnections(first: $n) { nodes {
                    queue { depth } events(first: $n) { nodes { id connection { id } } } } } }
                """;
        for (int n = 0; n < 5; n++) {
            UUID of = connect(tenant);
            arrive(tenant, of, "a");
            arrive(tenant, of, "b");
        }

        int one = statements(query, 1);

        assertThat(statements(query, 6)).isEqualTo(one).isPositive();
    }

    private int statements(String query, int n) {
        return log.during(() -> partner().document(query).variable("n", n).executeAndVerify())
                .size();
    }
}
