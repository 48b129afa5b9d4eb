package io.customergraph.application;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.shopifyCustomer;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // JUnit and Spring set the fields.
class MatchCandidatesTest {

    private static final String LIST =
            """
            query ($first: Int, $after: String, $filter: MatchCandidateFilter) {
              matchCandidates(first: $first, after: $after, filter: $filter) {
                totalCount pageInfo { hasNextPage endCursor }
                nodes {
                  id reason status probability expectedValue decidedBy model closedBy
                  customer { id displayName } otherCustomer { id displayName }
                }
              }
            }
            """;

    private static final String CONFIRM =
            """
            mutation ($input: ConfirmMatchInput!) {
              confirmMatch(input: $input) {
                candidate { status closedBy } customer { id mergedFrom { id } }
                userErrors { code field message }
              }
            }
            """;

    private static final String REJECT =
            """
            mutation ($id: ID!) {
              rejectMatch(input: { candidateId: $id, reason: "two sisters" }) {
                candidate { status closedBy } userErrors { code field }
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

    private void ingest(SourceRecord... records) {
        ingestion.ingest(List.of(records)).contextWrite(TenantContext.of(tenant)).block();
    }

    /** Two customers of one shop with one address: a guard leaves them to a person. */
    private void knowPair(int number, int tickets) {
        String email = "mona" + number + "@a.example";
        ingest(shopifyCustomer(number + "1", "Mona Aziz", email, null));
        ingest(shopifyCustomer(number + "2", "Mona Aziz", email, null));
        for (int n = 0; n < tickets; n++) {
            ingest(
                    shopifyCustomer(number + "1", "Mona Aziz", email, null),
                    ticket(person(null, "Mona Aziz", email, null)));
        }
    }

    private Response list(Map<String, @Nullable Object> variables) {
        return steward.document(LIST).variables(variables).execute();
    }

    private List<String> ids(Response answer) {
        return answer.path("matchCandidates.nodes[*].id").entityList(String.class).get();
    }

    private Response confirm(Map<String, Object> input) {
        return steward.document(CONFIRM).variable("input", input).execute();
    }

    @Test
    void a_candidate_is_explained_previewed_and_confirmed() {
        knowPair(10, 0);
        Response answer = list(Map.of());
        answer.path("matchCandidates.nodes[0]")
                .matchesJson(
                        """
                        {"reason": "CONFLICT", "status": "OPEN", "model": "shipped-1",
                         "decidedBy": "TWO_IDS_IN_ONE_ACCOUNT", "closedBy": null,
                         "customer": {"displayName": "Mona Aziz"},
                         "otherCustomer": {"displayName": "Mona Aziz"}}
                        """);
        String candidate = ids(answer).getFirst();
        String other =
                answer.path("matchCandidates.nodes[0].otherCustomer.id").entity(String.class).get();

        confirm(Map.of("candidateId", candidate))
                .path("confirmMatch.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("BLOCKED");
        confirm(Map.of("candidateId", candidate, "previewToken", "old"))
                .path("confirmMatch.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("BLOCKED");
        Map<String, Object> input = new HashMap<>();
        input.put("candidateId", candidate);
        input.put("survivorId", other);
        input.put("overrides", List.of("TWO_IDS_IN_ONE_ACCOUNT"));
        input.put("previewToken", "old");
        confirm(input)
                .path("confirmMatch.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("STALE_PREVIEW");
        input.remove("previewToken");
        Response confirmed = confirm(input);
        confirmed.path("confirmMatch.userErrors").entityList(Object.class).hasSize(0);
        confirmed
                .path("confirmMatch.candidate")
                .matchesJson("{\"status\": \"MERGED\", \"closedBy\": \"key:test\"}");
        confirmed.path("confirmMatch.customer.id").entity(String.class).isEqualTo(other);
        confirm(input)
                .path("confirmMatch.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("NOT_FOUND");
        assertThat(ids(list(Map.of()))).isEmpty();
        assertThat(ids(list(Map.of("filter", Map.of("status", "MERGED")))))
                .containsExactly(candidate);
    }

    @Test
    void a_rejected_pair_is_blocked_and_explained_as_such() {
        knowPair(11, 0);
        Response answer = list(Map.of());
        String candidate = ids(answer).getFirst();
        String a = answer.path("matchCandidates.nodes[0].customer.id").entity(String.class).get();
        String b =
                answer.path("matchCandidates.nodes[0].otherCustomer.id").entity(String.class).get();

        steward.document(REJECT)
                .variable("id", candidate)
                .execute()
                .path("rejectMatch")
                .matchesJson(
                        """
                        {"candidate": {"status": "REJECTED", "closedBy": "key:test"}, "userErrors": []}
                        """);

        steward.document(
                        "query ($a: ID!, $b: ID!) { explainMatch(a: $a, b: $b) { verdict decidedBy"
                                + " } mergePreview(survivor: $a, absorbed: [$b]) { previewToken"
                                + " blockers { code isOverridable } } customer(by: { id: $a }) {"
                                + " matchCandidates { totalCount } resolutionHistory { nodes { kind"
                                + " reason } } } }")
                .variable("a", a)
                .variable("b", b)
                .execute()
                .path("")
                .matchesJson(
                        """
                        {"explainMatch": {"verdict": "DIFFERENT", "decidedBy": "BANNED"},
                         "mergePreview": {"previewToken": null},
                         "customer": {"matchCandidates": {"totalCount": 0}}}
                        """);
    }

    @Test
    void quality_counts_what_people_decided() {
        ingest(ticket(person(null, "Sara Haddad", "sara@q.example", null)));
        ingest(ticket(person(null, "Sara Haddad", null, "+966501118001")));
        ingest(ticket(person(null, "Sara Haddad", "sara@q.example", "+966501118001")));
        knowPair(16, 0);
        knowPair(17, 0);
        List<String> open = ids(list(Map.of()));
        confirm(Map.of("candidateId", open.get(0), "overrides", List.of("TWO_IDS_IN_ONE_ACCOUNT")));
        steward.document(REJECT).variable("id", open.get(1)).execute();

        steward.document(
                        "{ matchQuality { automaticMerges takenBack confirmed rejected f1"
                                + " precision { value low high } recall { value } } }")
                .execute()
                .path("matchQuality")
                .matchesJson(
                        """
                        {"automaticMerges": 1, "takenBack": 0, "confirmed": 1, "rejected": 1,
                         "precision": {"value": 1.0}, "recall": {"value": 0.5}}
                        """);
        TestKeys.client(port, TestDatabase.shared().newTenant(), Scope.MATCHING_REVIEW)
                .document("{ matchQuality { automaticMerges confirmed rejected } }")
                .execute()
                .path("matchQuality")
                .matchesJson(
                        """
                        {"automaticMerges": 0, "confirmed": 0, "rejected": 0}
                        """);
    }

    @Test
    void the_most_valuable_come_first_and_the_list_pages() {
        knowPair(12, 0);
        knowPair(13, 3);
        knowPair(14, 1);

        List<String> all = ids(list(Map.of("first", 10)));
        Response first = list(Map.of("first", 2));
        String cursor = first.path("matchCandidates.pageInfo.endCursor").entity(String.class).get();
        Response rest = list(Map.of("first", 2, "after", cursor));

        assertThat(all).hasSize(3);
        assertThat(ids(first)).isEqualTo(all.subList(0, 2));
        assertThat(ids(rest)).isEqualTo(all.subList(2, 3));
        first.path("matchCandidates.totalCount").entity(Integer.class).isEqualTo(3);
        first.path("matchCandidates.nodes[*].expectedValue")
                .entityList(Double.class)
                .satisfies(
                        values ->
                                assertThat(values)
                                        .isSortedAccordingTo((a, b) -> Double.compare(b, a)));
        assertThat(ids(list(Map.of("filter", Map.of("reasons", List.of("MARGIN")))))).isEmpty();
        assertThat(ids(list(Map.of("filter", Map.of("leastProbability", 0.9999999))))).isEmpty();
        list(Map.of("after", "garbage"))
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("cursor"));
    }

    @Test
    void candidates_of_another_tenant_are_none() {
        knowPair(15, 0);
        String candidate = ids(list(Map.of())).getFirst();
        TenantId rival = TestDatabase.shared().newTenant();
        HttpGraphQlTester stranger =
                TestKeys.client(port, rival, Scope.MATCHING_REVIEW, Scope.CUSTOMERS_READ);

        stranger.document(LIST)
                .execute()
                .path("matchCandidates.nodes")
                .entityList(Object.class)
                .hasSize(0);
        stranger.document("query ($id: ID!) { node(id: $id) { id } }")
                .variable("id", candidate)
                .execute()
                .path("node")
                .valueIsNull();
        for (String document : List.of(REJECT)) {
            stranger.document(document)
                    .variable("id", candidate)
                    .execute()
                    .path("rejectMatch.userErrors[*].code")
                    .entityList(String.class)
                    .containsExactly("NOT_FOUND");
        }
        stranger.document(CONFIRM)
                .variable("input", Map.of("candidateId", candidate))
                .execute()
                .path("confirmMatch.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("NOT_FOUND");
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(
                        "query ($id: ID!) { node(id: $id) { ... on MatchCandidate { customer { id }"
                                + " } } }")
                .variable("id", candidate)
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("matching:review"));
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE)
                .document(LIST)
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("matching:review"));
    }
}
