package io.customergraph.application;

import static io.customergraph.testing.Records.START;
import static io.customergraph.testing.Records.appointment;
import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.prospect;
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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // JUnit and Spring set the fields.
class MergeCustomersTest {

    private static final String PREVIEW =
            """
            query ($survivor: ID!, $absorbed: [ID!]!) {
              mergePreview(survivor: $survivor, absorbed: $absorbed) {
                survivor { displayName } absorbed { displayName } previewToken identifiers
                blockers { code customerId message isOverridable }
                fields { field value } moves { recordType count }
                consents { channel purpose before after } lifetimeValue { amount currency }
              }
            }
            """;

    private static final String MERGE =
            """
            mutation ($input: MergeCustomersInput!) {
              mergeCustomers(input: $input) {
                customer {
                  id displayName email stats { totalTickets totalAppointments }
                  mergedFrom { id } resolutionHistory { nodes { kind reason withdrawnAt } }
                }
                userErrors { code field message }
              }
            }
            """;

    private static final String UNMERGE =
            """
            mutation ($id: ID!) {
              unmergeCustomers(input: { customerId: $id, reason: "two sisters" }) {
                survivor { id email stats { totalTickets } mergedFrom { id } }
                customer { id email stats { totalAppointments totalTickets } }
                ambiguousRecords { id __typename }
                userErrors { code field }
              }
            }
            """;

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private Ingestion ingestion;

    private HttpGraphQlTester steward;

    @BeforeEach
    void letTheStewardIn() {
        steward = TestKeys.client(port, tenant, Scope.MATCHING_REVIEW, Scope.CUSTOMERS_READ);
    }

    private String customerOf(TenantId of, SourceRecord record) {
        return NodeId.encode(
                NodeType.CUSTOMER,
                Objects.requireNonNull(
                                ingestion
                                        .ingest(List.of(record))
                                        .contextWrite(TenantContext.of(of))
                                        .block())
                        .getFirst()
                        .customer()
                        .orElseThrow());
    }

    private String customerOf(SourceRecord record) {
        return customerOf(tenant, record);
    }

    private Response preview(String survivor, String... absorbed) {
        return steward.document(PREVIEW)
                .variable("survivor", survivor)
                .variable("absorbed", List.of(absorbed))
                .execute();
    }

    private Response merge(String survivor, String absorbed, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(more);
        input.put("survivorId", survivor);
        input.put("absorbedIds", List.of(absorbed));
        return steward.document(MERGE).variable("input", input).execute();
    }

    @Test
    void who_was_whom_is_told_as_of_any_time() {
        String a = customerOf(ticket(person("1", "Sara Haddad", "sara@a.example", null)));
        String b = customerOf(ticket(person("2", "Sally Hadid", "sally@b.example", null)));
        String apart = Instant.now().toString();
        Response preview = preview(a, b);
        String token = preview.path("mergePreview.previewToken").entity(String.class).get();
        merge(a, b, Map.of("previewToken", token)).path("mergeCustomers.customer").hasValue();

        Response asked =
                steward.document(
                                """
                                query ($b: ID!, $apart: DateTime!, $now: DateTime!) {
                                  then: customerAsOf(by: { id: $b }, at: $apart) {
                                    id at customer { id } mergedFrom { id }
                                    identifiers { kind value } records { recordType count } }
                                  since: customerAsOf(by: { email: "sally@b.example" }, at: $now) {
                                    id mergedFrom { id } records { count } }
                                  named: customer(by: { id: $b }, asOf: $apart) { id }
                                }
                                """)
                        .variable("b", b)
                        .variable("apart", apart)
                        .variable("now", Instant.now().toString())
                        .execute();

        asked.path("then.id").entity(String.class).isEqualTo(b);
        asked.path("then.customer.id").entity(String.class).isEqualTo(a);
        asked.path("then")
                .matchesJson(
                        """
                        {"mergedFrom": [], "records": [{"recordType": "support_ticket", "count": 1}]}
                        """);
        asked.path("then.identifiers[*].value")
                .entityList(String.class)
                .contains("sally@b.example");
        asked.path("since.id").entity(String.class).isEqualTo(a);
        asked.path("since.mergedFrom[0].id").entity(String.class).isEqualTo(b);
        asked.path("named.id").entity(String.class).isEqualTo(a);
    }

    @Test
    void a_steward_looks_merges_and_takes_it_back() {
        String a = customerOf(ticket(person("1", "Sara Haddad", "sara@a.example", null)));
        String b =
                customerOf(appointment(person("7", "Sarah Hadad", "sarah@b.example", null), START));

        Response preview = preview(a, b);
        preview.path("mergePreview")
                .matchesJson(
                        """
                        {"survivor": {"displayName": "Sara Haddad"},
                         "absorbed": [{"displayName": "Sarah Hadad"}],
                         "blockers": [], "identifiers": 2, "consents": [], "lifetimeValue": [],
                         "moves": [{"recordType": "appointment", "count": 1}]}
                        """);
        String token = preview.path("mergePreview.previewToken").entity(String.class).get();
        Response merged =
                merge(
                        a,
                        b,
                        Map.of(
                                "previewToken",
                                token,
                                "reason",
                                "the same handwriting",
                                "fields",
                                List.of(Map.of("field", "EMAIL", "customerId", b))));
        merged.path("mergeCustomers.userErrors").entityList(Object.class).hasSize(0);
        merged.path("mergeCustomers.customer")
                .matchesJson(
                        """
                        {"email": "sarah@b.example",
                         "stats": {"totalTickets": 1, "totalAppointments": 1},
                         "mergedFrom": [{"id": "%s"}]}
                        """
                                .formatted(b));
        merged.path("mergeCustomers.customer.resolutionHistory.nodes[?(@.kind=='MERGE')].reason")
                .entityList(String.class)
                .containsExactly("the same handwriting");
        answersWith(b, a);
        steward.document("query ($a: ID!, $b: ID!) { explainMatch(a: $a, b: $b) { verdict } }")
                .variable("a", a)
                .variable("b", b)
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("one customer already"));

        customerOf(prospect(person(null, "Sarah", "sarah@b.example", null)));
        customerOf(ticket(person("1", "Sara", "sarah@b.example", null)));
        Response unmerged = steward.document(UNMERGE).variable("id", b).execute();
        unmerged.path("unmergeCustomers")
                .matchesJson(
                        """
                        {"survivor": {"id": "%s", "email": "sara@a.example", "mergedFrom": []},
                         "customer": {"id": "%s", "email": "sarah@b.example"},
                         "userErrors": []}
                        """
                                .formatted(a, b));
        unmerged.path("unmergeCustomers.ambiguousRecords[*].__typename")
                .entityList(String.class)
                .containsExactly("SupportTicket");
        answersWith(b, b);
        steward.document(UNMERGE)
                .variable("id", b)
                .execute()
                .path("unmergeCustomers.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("NOT_FOUND");
    }

    private void answersWith(String asked, String answering) {
        steward.document("query ($id: ID!) { customer(by: { id: $id }) { id } }")
                .variable("id", asked)
                .execute()
                .path("customer.id")
                .entity(String.class)
                .isEqualTo(answering);
    }

    @Test
    void a_merge_that_was_not_previewed_so_is_refused() {
        String a = customerOf(ticket(person("2", "Omar Saleh", "omar@a.example", null)));
        String b = customerOf(prospect(person("8", "Omar Saleh", "omar@b.example", null)));
        String token = preview(a, b).path("mergePreview.previewToken").entity(String.class).get();
        customerOf(ticket(person("2", "Omar Saleh", "omar@a.example", "+966501239001")));

        for (String stale : List.of(token, "", "forged")) {
            merge(a, b, Map.of("previewToken", stale))
                    .path("mergeCustomers.userErrors[*].code")
                    .entityList(String.class)
                    .containsExactly("STALE_PREVIEW");
        }
        merge(b, a, Map.of("previewToken", token))
                .path("mergeCustomers.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("STALE_PREVIEW");
    }

    @Test
    void customers_of_another_tenant_are_none() {
        String own = customerOf(ticket(person("3", "Ali", "ali@a.example", null)));
        TenantId rival = TestDatabase.shared().newTenant();
        String theirs = customerOf(rival, ticket(person("3", "Ali", "ali@b.example", null)));
        String absorbed = customerOf(rival, ticket(person("4", "Ali", "ali@c.example", null)));

        for (String[] sides : new String[][] {{own, theirs}, {theirs, own}, {theirs, absorbed}}) {
            Response preview = preview(sides[0], sides[1]);
            preview.path("mergePreview.previewToken").valueIsNull();
            preview.path("mergePreview.blockers[*].code")
                    .entityList(String.class)
                    .satisfies(codes -> assertThat(codes).containsOnly("NOT_FOUND"));
            merge(sides[0], sides[1], Map.of("previewToken", "x"))
                    .path("mergeCustomers.userErrors[*].code")
                    .entityList(String.class)
                    .satisfies(codes -> assertThat(codes).containsOnly("NOT_FOUND"));
        }
        TestDatabase.shared()
                .owner()
                .update(
                        """
                        UPDATE customers SET status = 'merged', merged_into = ?::uuid
                        WHERE tenant_id = ? AND id = ?::uuid
                        """,
                        NodeId.customer(theirs).toString(),
                        rival.value(),
                        NodeId.customer(absorbed).toString());
        steward.document(UNMERGE)
                .variable("id", absorbed)
                .execute()
                .path("unmergeCustomers.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("NOT_FOUND");
    }

    @Test
    void only_a_steward_merges() {
        HttpGraphQlTester writer =
                TestKeys.client(port, tenant, Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE);
        String a = customerOf(ticket(person("5", "Mona", "mona@a.example", null)));

        writer.document(PREVIEW)
                .variable("survivor", a)
                .variable("absorbed", List.of(a))
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("matching:review"));
        writer.document(UNMERGE)
                .variable("id", a)
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("matching:review"));
    }
}
