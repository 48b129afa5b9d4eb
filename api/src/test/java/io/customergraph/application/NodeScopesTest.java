package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.config.StatementLog;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

/** What is read by its global id needs the scope of what it is. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class NodeScopesTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String NODE = "query ($id: ID!) { node(id: $id) { id __typename } }";
    private static final String NODES =
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }";

    private final TenantId tenant = DATABASE.newTenant();
    private final UUID customer = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();

    @Value("${local.server.port}")
    private int port;

    @Autowired private StatementLog log;

    NodeScopesTest() {
        DATABASE.owner()
                .update(
                        "INSERT INTO customers (tenant_id, id, source) VALUES (?, ?, 'shopify')",
                        tenant.value(),
                        customer);
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_connections (
                            tenant_id, id, provider, name, environment, account, status)
                        VALUES (?, ?, 'freshdesk', 'Desk', 'production', 'desk', 'active')
                        """,
                        tenant.value(),
                        connection);
    }

    private String customerId() {
        return NodeId.encode(NodeType.CUSTOMER, customer);
    }

    private String connectionId() {
        return NodeId.encode(NodeType.INTEGRATION_CONNECTION, connection);
    }

    private Response node(String id, Scope... scopes) {
        return TestKeys.client(port, tenant, scopes).document(NODE).variable("id", id).execute();
    }

    private Response nodes(List<String> ids, Scope... scopes) {
        return TestKeys.client(port, tenant, scopes).document(NODES).variable("ids", ids).execute();
    }

    private static void isForbidden(Response response, NodeType type) {
        response.errors()
                .satisfy(
                        errors -> {
                            assertThat(errors).hasSize(1);
                            assertThat(errors.getFirst().getMessage())
                                    .startsWith(type.typeName() + " needs the scope ");
                            assertThat(errors.getFirst().getExtensions())
                                    .containsEntry("code", "FORBIDDEN")
                                    .containsEntry("field", type.typeName())
                                    .containsEntry("scope", type.scope().code());
                        });
    }

    @Test
    void a_partner_reads_a_connection_with_no_scope_but_its_own() {
        node(connectionId(), Scope.INTEGRATIONS_READ)
                .path("node.id")
                .entity(String.class)
                .isEqualTo(connectionId());
        node(customerId(), Scope.CUSTOMERS_READ)
                .path("node.id")
                .entity(String.class)
                .isEqualTo(customerId());
    }

    @ParameterizedTest
    @EnumSource(NodeType.class)
    void without_the_scope_of_a_type_nobody_learns_whether_there_is_such_a_thing(NodeType type) {
        EnumSet<Scope> others = EnumSet.complementOf(EnumSet.of(type.scope()));
        UUID there = type == NodeType.CUSTOMER ? customer : connection;

        List<String> statements = new ArrayList<>();
        for (UUID id : List.of(there, UUID.randomUUID())) {
            statements.addAll(
                    log.during(
                            () ->
                                    isForbidden(
                                            node(
                                                    NodeId.encode(type, id),
                                                    others.toArray(Scope[]::new)),
                                            type)));
        }
        assertThat(statements).noneMatch(sql -> sql.equals(type.lookup().sql()));
    }

    @Test
    void of_several_one_that_the_caller_may_not_see_refuses_all_and_nothing_is_read() {
        List<String> mixed = List.of(connectionId(), customerId());

        for (List<String> ids : List.of(mixed, mixed.reversed())) {
            assertThat(
                            log.during(
                                    () ->
                                            isForbidden(
                                                    nodes(ids, Scope.INTEGRATIONS_READ),
                                                    NodeType.CUSTOMER)))
                    .noneMatch(
                            sql ->
                                    sql.equals(NodeType.INTEGRATION_CONNECTION.lookup().sql())
                                            || sql.equals(NodeType.CUSTOMER.lookup().sql()));
        }
        nodes(mixed, Scope.INTEGRATIONS_READ, Scope.CUSTOMERS_READ)
                .path("nodes[*].__typename")
                .entityList(String.class)
                .containsExactly("IntegrationConnection", "Customer");
    }

    @Test
    void a_field_of_another_type_is_refused_before_the_node_is_looked_at() {
        TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ)
                .document(
                        """
                        query ($id: ID!) { node(id: $id) {
                            ... on IntegrationConnection { name }
                            ... on MatchRun { status } } }
                        """)
                .variable("id", connectionId())
                .execute()
                .errors()
                .satisfy(
                        errors ->
                                assertThat(errors.getFirst().getExtensions())
                                        .containsEntry("code", "FORBIDDEN")
                                        .containsEntry("field", "MatchRun.status"));
    }

    @Test
    void a_key_without_any_scope_reads_nothing_by_id() {
        isForbidden(node(customerId()), NodeType.CUSTOMER);
        isForbidden(nodes(List.of(connectionId())), NodeType.INTEGRATION_CONNECTION);
    }

    @Test
    void another_tenants_are_as_if_they_were_not() {
        TenantId rival = DATABASE.newTenant();

        TestKeys.client(port, rival, Scope.INTEGRATIONS_READ)
                .document(NODE)
                .variable("id", connectionId())
                .execute()
                .path("node")
                .valueIsNull();
    }
}
