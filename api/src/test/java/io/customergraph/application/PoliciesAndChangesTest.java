package io.customergraph.application;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class PoliciesAndChangesTest {

    private static final String SET =
            """
            mutation ($input: SetIdentifierPolicyInput!) {
              setIdentifierPolicy(input: $input) {
                policy { kind priority maxPeople windowDays blockedPatterns uniquePerPerson onePerAccount }
                userErrors { code field message }
              }
            }
            """;

    private static final String CHANGES =
            """
            query ($first: Int, $after: String) {
              changes(first: $first, after: $after) {
                nodes { kind customerId otherCustomerId fields customer { id } }
                edges { cursor }
                pageInfo { hasNextPage endCursor }
              }
            }
            """;

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private Ingestion ingestion;

    private HttpGraphQlTester admin() {
        return TestKeys.client(
                port, tenant, Scope.MATCHING_REVIEW, Scope.TENANT_ADMIN, Scope.CUSTOMERS_READ);
    }

    private Response set(Map<String, Object> input) {
        return admin().document(SET).variable("input", input).execute();
    }

    private void ingest(SourceRecord... records) {
        ingestion.ingest(List.of(records)).contextWrite(TenantContext.of(tenant)).block();
    }

    @Test
    void policies_are_read_and_set_and_hold_from_then_on() {
        admin().document("{ identifierPolicies { kind maxPeople onePerAccount } }")
                .execute()
                .path("identifierPolicies[*].kind")
                .entityList(String.class)
                .containsExactly(
                        "SHOPIFY_CUSTOMER_ID", "WHATSAPP_USER_ID", "EXTERNAL_ID", "EMAIL", "PHONE");

        set(Map.of("kind", "EMAIL", "blockedPatterns", List.of("front*@*"), "maxPeople", 4))
                .path("setIdentifierPolicy")
                .matchesJson(
                        """
                        {"policy": {"kind": "EMAIL", "priority": 40, "maxPeople": 4,
                                    "windowDays": 365, "blockedPatterns": ["front*@*"],
                                    "uniquePerPerson": true, "onePerAccount": false},
                         "userErrors": []}
                        """);
        ingest(
                ticket(person(null, "A", "frontdesk@hotel.example", null)),
                ticket(person(null, "B", "frontdesk@hotel.example", null)));

        admin().document("{ customers { totalCount } }")
                .execute()
                .path("customers.totalCount")
                .entity(Integer.class)
                .isEqualTo(0);
    }

    @Test
    void a_policy_that_makes_no_sense_is_refused_whole() {
        set(Map.of(
                        "kind",
                        "PHONE",
                        "priority",
                        0,
                        "maxPeople",
                        -1,
                        "windowDays",
                        1_000_000,
                        "blockedPatterns",
                        List.of("**")))
                .path("setIdentifierPolicy.userErrors[*].field[1]")
                .entityList(String.class)
                .containsExactly("priority", "maxPeople", "windowDays", "blockedPatterns");
        TestKeys.client(port, tenant, Scope.MATCHING_REVIEW)
                .document(SET)
                .variable("input", Map.of("kind", "PHONE", "priority", 1))
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("tenant:admin"));
    }

    @Test
    void a_policy_is_its_tenants_own() {
        set(Map.of("kind", "PHONE", "maxPeople", 3));

        TestKeys.client(port, TestDatabase.shared().newTenant(), Scope.MATCHING_REVIEW)
                .document("{ identifierPolicies { kind maxPeople } }")
                .execute()
                .path("identifierPolicies[4]")
                .matchesJson("{\"kind\": \"PHONE\", \"maxPeople\": 10}");
    }

    private Response changes(int first, @Nullable String after) {
        GraphQlTester.Request<?> request = admin().document(CHANGES).variable("first", first);
        return (after == null ? request : request.variable("after", after)).execute();
    }

    @Test
    void changes_resume_and_come_once_in_order() {
        ingest(ticket(person("1", "Sara", "sara@a.example", null)));
        ingest(ticket(person("1", "Sarah", "sara@a.example", null)));
        ingest(ticket(person("2", "Omar", "omar@a.example", null)));

        Response first = changes(2, null);
        first.path("changes.nodes[*].kind")
                .entityList(String.class)
                .containsExactly("CUSTOMER_CREATED", "CUSTOMER_CHANGED");
        String cursor = first.path("changes.pageInfo.endCursor").entity(String.class).get();
        Response rest = changes(10, cursor);
        rest.path("changes.nodes[*].kind")
                .entityList(String.class)
                .containsExactly("CUSTOMER_CREATED");
        String last = rest.path("changes.pageInfo.endCursor").entity(String.class).get();
        changes(10, last).path("changes.nodes").entityList(Object.class).hasSize(0);

        ingest(ticket(person("2", "Omar", "omar@a.example", "+966501119001")));
        changes(10, last)
                .path("changes.nodes[*].kind")
                .entityList(String.class)
                .containsExactly("CUSTOMER_CHANGED");
        changes(10, "xx")
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("cursor"));
    }

    @Test
    void what_is_committed_late_is_not_passed_over() throws SQLException {
        ingest(ticket(person("1", "Sara", "sara@a.example", null)));
        String last =
                changes(10, null).path("changes.pageInfo.endCursor").entity(String.class).get();
        try (Connection slow =
                Objects.requireNonNull(TestDatabase.shared().owner().getDataSource())
                        .getConnection()) {
            slow.setAutoCommit(false);
            slow.createStatement()
                    .execute(
                            "INSERT INTO change_events (tenant_id, kind, customer_id)"
                                    + " SELECT '%1$s', 'customer_changed', id FROM customers WHERE"
                                            .formatted(tenant.value())
                                    + " tenant_id = '%s'".formatted(tenant.value()));
            ingest(ticket(person("2", "Omar", "omar@a.example", null)));
            changes(10, last).path("changes.nodes").entityList(Object.class).hasSize(0);
            slow.commit();
        }
        changes(10, last)
                .path("changes.nodes[*].kind")
                .entityList(String.class)
                .containsExactly("CUSTOMER_CHANGED", "CUSTOMER_CREATED");
    }

    @Test
    void changes_of_another_tenant_are_not_seen() {
        ingest(ticket(person("1", "Sara", "sara@a.example", null)));
        String cursor =
                changes(10, null).path("changes.edges[0].cursor").entity(String.class).get();

        TestKeys.client(port, TestDatabase.shared().newTenant(), Scope.CUSTOMERS_READ)
                .document(CHANGES)
                .variable("after", cursor)
                .execute()
                .path("changes.nodes")
                .entityList(Object.class)
                .hasSize(0);
    }
}
