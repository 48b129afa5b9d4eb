package io.customergraph.application;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.prospect;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // JUnit and Spring set the fields.
class ExplainMatchTest {

    private static final String EXPLAIN =
            """
            query ($a: ID!, $b: ID!) {
              explainMatch(a: $a, b: $b) {
                model prior sum probability guards verdict decidedBy
                comparisons { field level description valueOfA valueOfB weight counted }
              }
            }
            """;

    private static final String WHOSE =
            "query ($a: ID!, $b: ID!) { explainMatch(a: $a, b: $b) { a { id } b { id } } }";

    @Autowired private Ingestion ingestion;

    @Value("${local.server.port}")
    private int port;

    private final TenantId tenant = TestDatabase.shared().newTenant();

    private UUID customerOf(TenantId of, SourceRecord record) {
        return Objects.requireNonNull(
                        ingestion
                                .ingest(List.of(record))
                                .contextWrite(TenantContext.of(of))
                                .block())
                .getFirst()
                .customer()
                .orElseThrow();
    }

    private UUID customerOf(SourceRecord record) {
        return customerOf(tenant, record);
    }

    private Response explain(String document, UUID a, UUID b, Scope... scopes) {
        HttpGraphQlTester client = TestKeys.client(port, tenant, scopes);
        return client.document(document)
                .variable("a", NodeId.encode(NodeType.CUSTOMER, a))
                .variable("b", NodeId.encode(NodeType.CUSTOMER, b))
                .execute();
    }

    @Test
    void each_field_says_what_it_is_worth_and_the_sum_decides() {
        UUID a = customerOf(ticket(person("a1", "Sara Haddad", "sara@acme.example", null)));
        UUID b = customerOf(prospect(person(null, "Sarah Haddad", null, "+966501230001")));

        Response answer = explain(EXPLAIN, a, b, Scope.MATCHING_REVIEW, Scope.CUSTOMERS_READ);

        answer.path("explainMatch.comparisons[*].field")
                .entityList(String.class)
                .contains("FIRST_NAME", "LAST_NAME", "EMAIL", "PHONE");
        answer.path("explainMatch.comparisons[?(@.field=='LAST_NAME')].level")
                .entityList(String.class)
                .containsExactly("EXACT");
        answer.path("explainMatch.comparisons[?(@.field=='LAST_NAME')].valueOfB")
                .entityList(String.class)
                .containsExactly("haddad");
        answer.path("explainMatch.comparisons[?(@.field=='EMAIL')].level")
                .entityList(String.class)
                .containsExactly("MISSING");
        answer.path("explainMatch.verdict").entity(String.class).isEqualTo("DIFFERENT");
        double prior = number(answer, "prior");
        double counted =
                answer
                        .path("explainMatch.comparisons[*].counted")
                        .entityList(Double.class)
                        .get()
                        .stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
        assertThat(number(answer, "sum")).isCloseTo(prior + counted, within());
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(1e-6);
    }

    private static double number(Response answer, String field) {
        return answer.path("explainMatch." + field).entity(Double.class).get();
    }

    @Test
    void two_ids_in_one_shop_hold_a_match_back() {
        UUID a = customerOf(shopifyCustomer("9001", "Omar Saleh", "omar.saleh77@a.example", null));
        UUID b = customerOf(shopifyCustomer("9002", "Omar Saleh", "omar.salehh77@a.example", null));

        Response answer = explain(EXPLAIN, a, b, Scope.MATCHING_REVIEW, Scope.CUSTOMERS_READ);

        answer.path("explainMatch.guards")
                .entityList(String.class)
                .containsExactly("TWO_IDS_IN_ONE_ACCOUNT");
        answer.path("explainMatch.verdict").entity(String.class).isEqualTo("REVIEW");
        answer.path("explainMatch.decidedBy")
                .entity(String.class)
                .isEqualTo("TWO_IDS_IN_ONE_ACCOUNT");
    }

    @Test
    void values_are_masked_for_who_may_not_read_customers() {
        UUID a = customerOf(ticket(person("m1", "Layla Nasser", "layla@acme.example", null)));
        UUID b = customerOf(ticket(person("m2", "Layla Nasser", "layla.n@acme.example", null)));

        Response answer = explain(EXPLAIN, a, b, Scope.MATCHING_REVIEW);

        answer.path("explainMatch.comparisons[?(@.field=='LAST_NAME')].valueOfA")
                .entityList(String.class)
                .containsExactly("n…");
        explain(WHOSE, a, b, Scope.MATCHING_REVIEW)
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("customers:read"));
        explain(EXPLAIN, a, b, Scope.CUSTOMERS_READ)
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("matching:review"));
    }

    @Test
    void a_customer_of_another_tenant_is_none() {
        UUID own = customerOf(ticket(person("o1", "Ali", "ali1@acme.example", null)));
        UUID other =
                customerOf(
                        TestDatabase.shared().newTenant(),
                        ticket(person("o1", "Ali", "ali1@acme.example", null)));

        for (UUID stranger : List.of(other, UUID.randomUUID())) {
            explain(EXPLAIN, own, stranger, Scope.MATCHING_REVIEW, Scope.CUSTOMERS_READ)
                    .errors()
                    .satisfy(
                            errors ->
                                    assertThat(errors.toString())
                                            .contains("no customer of this tenant"));
        }
        explain(EXPLAIN, own, own, Scope.MATCHING_REVIEW)
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("one customer already"));
    }
}
