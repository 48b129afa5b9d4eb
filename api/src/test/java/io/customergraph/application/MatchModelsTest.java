package io.customergraph.application;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.customergraph.config.StatementLog;
import io.customergraph.ingest.Ingestion;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.ManyCustomers;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

import java.time.Duration;
import java.util.List;
import java.util.Map;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class MatchModelsTest {

    private static final String START =
            """
            mutation ($input: StartMatchRunInput!) {
              startMatchRun(input: $input) { run { id } userErrors { code field message } }
            }
            """;

    private static final String FOLLOW =
            """
            query ($id: ID!) {
              matchRun(id: $id) {
                status mode phase model failure rounds lastChange likelyPairs reviewPairs
                trained { version run { id } }
              }
            }
            """;

    private static final String MODELS =
            """
            query ($first: Int, $after: String) {
              matchModels(first: $first, after: $after) {
                totalCount pageInfo { endCursor hasNextPage }
                nodes {
                  id version status trainedAt trainedBy inUseSince prior
                  training { customers rounds lastChange converged expectedMatches patterns }
                  calibration { slope intercept confirmed rejected brierBefore brierAfter }
                  fields { field commonTerms levels { name m u weight } }
                  run { mode }
                }
              }
              matchModelInUse
            }
            """;

    private static final String USE =
            """
            mutation ($input: UseMatchModelInput!) {
              useMatchModel(input: $input) {
                model { version status inUseSince } inUse userErrors { code field message }
              }
            }
            """;

    private static final String EXPLAIN =
            """
            query ($a: ID!, $b: ID!, $model: String) {
              explainMatch(a: $a, b: $b, model: $model) {
                model prior sum odds probability calibration { slope intercept }
                comparisons { field level weight rarity share counted }
              }
            }
            """;

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private Ingestion ingestion;
    @Autowired private StatementLog log;

    private HttpGraphQlTester admin() {
        return of(tenant);
    }

    private HttpGraphQlTester of(TenantId whose) {
        return TestKeys.client(
                port, whose, Scope.MATCHING_REVIEW, Scope.CUSTOMERS_READ, Scope.TENANT_ADMIN);
    }

    private Response ask(String document, Map<String, Object> variables) {
        GraphQlTester.Request<?> request = admin().document(document);
        variables.forEach(request::variable);
        return request.execute();
    }

    private String run(Map<String, Object> input) {
        Response started = ask(START, Map.of("input", input));
        started.path("startMatchRun.userErrors").entityList(Object.class).hasSize(0);
        String id = started.path("startMatchRun.run.id").entity(String.class).get();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                ask(FOLLOW, Map.of("id", id))
                                        .path("matchRun.status")
                                        .entity(String.class)
                                        .satisfies(
                                                status ->
                                                        assertThat(status)
                                                                .isIn("FINISHED", "FAILED")));
        return id;
    }

    private String idOf(String email) {
        return ask(
                        "query ($email: EmailAddress!) { customer(by: { email: $email }) { id } }",
                        Map.of("email", email))
                .path("customer.id")
                .entity(String.class)
                .get();
    }

    @Test
    void a_model_is_trained_listed_tried_used_and_explains() {
        ManyCustomers.insert(TestDatabase.shared(), tenant, 1_100);
        for (String mailbox : List.of("mona@a.example", "m.h.1990@b.example")) {
            ingestion
                    .ingest(List.of(ticket(person(null, "Mona Haddad", mailbox, null))))
                    .contextWrite(TenantContext.of(tenant))
                    .block();
        }

        String trained = run(Map.of("mode", "TRAIN"));
        ask(FOLLOW, Map.of("id", trained))
                .path("matchRun")
                .matchesJson(
                        """
                        {"status": "FINISHED", "mode": "TRAIN", "phase": "done",
                         "model": "trained-1", "failure": null,
                         "trained": {"version": "trained-1"}}
                        """);

        Response listed = ask(MODELS, Map.of());
        listed.path("matchModelInUse").entity(String.class).isEqualTo("shipped-1");
        listed.path("matchModels")
                .matchesJson(
                        """
                        {"totalCount": 1,
                         "nodes": [{"version": "trained-1", "status": "TRAINED",
                                    "inUseSince": null, "run": {"mode": "TRAIN"},
                                    "training": {"customers": 1212, "converged": true},
                                    "calibration": {"slope": 1.0, "intercept": 0.0,
                                                    "confirmed": 0, "rejected": 0,
                                                    "brierBefore": null, "brierAfter": null}}]}
                        """);
        listed.path("matchModels.nodes[0].fields[?(@.field=='LAST_NAME')].levels[0].name")
                .entityList(String.class)
                .containsExactly("EXACT");
        listed.path("matchModels.nodes[0].fields[?(@.field=='EMAIL')].commonTerms")
                .entityList(Integer.class)
                .containsExactly(0);

        String tried = run(Map.of("mode", "DRY_RUN", "model", "trained-1"));
        ask(FOLLOW, Map.of("id", tried))
                .path("matchRun")
                .matchesJson("{\"status\": \"FINISHED\", \"model\": \"trained-1\"}");
        ask(MODELS, Map.of()).path("matchModelInUse").entity(String.class).isEqualTo("shipped-1");

        ask(USE, Map.of("input", Map.of("version", "trained-1", "reason", "fits our customers")))
                .path("useMatchModel")
                .matchesJson(
                        """
                        {"model": {"version": "trained-1", "status": "IN_USE"},
                         "inUse": "trained-1", "userErrors": []}
                        """);

        Map<String, Object> pair =
                Map.of("a", idOf("mona@a.example"), "b", idOf("m.h.1990@b.example"));
        Response now = ask(EXPLAIN, pair);
        now.path("explainMatch.model").entity(String.class).isEqualTo("trained-1");
        now.path("explainMatch.comparisons[?(@.field=='LAST_NAME')].rarity")
                .entityList(Double.class)
                .satisfies(rarity -> assertThat(rarity.getFirst()).isNegative());
        now.path("explainMatch.comparisons[?(@.field=='LAST_NAME')].share")
                .entityList(Double.class)
                .satisfies(share -> assertThat(share.getFirst()).isCloseTo(0.02, within(0.003)));
        Response then =
                ask(EXPLAIN, Map.of("a", pair.get("a"), "b", pair.get("b"), "model", "shipped-1"));
        then.path("explainMatch.model").entity(String.class).isEqualTo("shipped-1");
        then.path("explainMatch.comparisons[?(@.field=='LAST_NAME')].share")
                .entityList(Object.class)
                .satisfies(share -> assertThat(share.getFirst()).isNull());
        ask(EXPLAIN, Map.of("a", pair.get("a"), "b", pair.get("b"), "model", "trained-9"))
                .errors()
                .satisfy(
                        errors ->
                                assertThat(errors.getFirst().getExtensions())
                                        .containsEntry("code", "BAD_USER_INPUT"));

        ask(USE, Map.of("input", Map.of("version", "shipped-1")))
                .path("useMatchModel")
                .matchesJson("{\"model\": null, \"inUse\": \"shipped-1\", \"userErrors\": []}");
    }

    @Test
    void a_decision_tells_the_model_that_made_it_and_what_each_field_said() {
        for (var said :
                List.of(
                        person(null, "Sara Haddad", "sara@a.example", null),
                        person(null, "Sara Haddad", null, "+966501112881"),
                        person(null, "Sara Haddad", "sara@a.example", "+966501112881"))) {
            ingestion.ingest(List.of(ticket(said))).contextWrite(TenantContext.of(tenant)).block();
        }

        Response history =
                ask(
                        """
                        query ($id: ID!) {
                          customer(by: { id: $id }) { resolutionHistory(first: 10) { nodes {
                            kind modelVersion probability
                            comparisons { field level weight rarity counted } } } }
                        }
                        """,
                        Map.of("id", idOf("sara@a.example")));

        history.path("customer.resolutionHistory.nodes[?(@.kind=='MERGE')].modelVersion")
                .entityList(String.class)
                .containsExactly("shipped-1");
        history.path(
                        "customer.resolutionHistory.nodes[?(@.kind=='MERGE')]"
                                + ".comparisons[?(@.field=='PHONE')].level")
                .entityList(String.class)
                .containsExactly("EXACT");
        history.path("customer.resolutionHistory.nodes[?(@.kind=='LINK')].modelVersion")
                .entityList(Object.class)
                .satisfies(versions -> assertThat(versions).isNotEmpty().containsOnlyNulls());
    }

    @Test
    void what_cannot_be_done_says_how_to_mend_it() {
        String failed = run(Map.of("mode", "TRAIN"));
        ask(FOLLOW, Map.of("id", failed))
                .path("matchRun")
                .matchesJson(
                        """
                        {"status": "FAILED", "model": null, "trained": null,
                         "failure": "Too few customers to learn from: 0, and it takes 1,000"}
                        """);
        ask(USE, Map.of("input", Map.of("version", "trained-1")))
                .path("useMatchModel")
                .matchesJson(
                        """
                        {"model": null, "inUse": null,
                         "userErrors": [{"code": "NOT_FOUND", "field": ["input", "version"]}]}
                        """);
        ask(USE, Map.of("input", Map.of("version", "shipped-1")))
                .path("useMatchModel.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("ALREADY_IN_USE");
        ask(START, Map.of("input", Map.of("mode", "DRY_RUN", "model", "trained-1")))
                .path("startMatchRun.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("NOT_FOUND");
        ask(START, Map.of("input", Map.of("mode", "APPLY", "model", "shipped-1")))
                .path("startMatchRun.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("INVALID");
        TestKeys.client(port, tenant, Scope.MATCHING_REVIEW)
                .document(USE)
                .variable("input", Map.of("version", "shipped-1"))
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("tenant:admin"));
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(MODELS)
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("matching:review"));
    }

    @Test
    void models_are_paged_in_a_constant_number_of_statements_and_are_their_tenants_own() {
        insertModels(5);

        Response page = ask(MODELS, Map.of("first", 2));
        page.path("matchModels.nodes[*].version")
                .entityList(String.class)
                .containsExactly("trained-5", "trained-4");
        String cursor = page.path("matchModels.pageInfo.endCursor").entity(String.class).get();
        ask(MODELS, Map.of("first", 100, "after", cursor))
                .path("matchModels.nodes[*].version")
                .entityList(String.class)
                .containsExactly("trained-3", "trained-2", "trained-1");
        assertThat(log.during(() -> ask(MODELS, Map.of("first", 1))))
                .hasSameSizeAs(log.during(() -> ask(MODELS, Map.of("first", 5))));

        String node =
                ask(MODELS, Map.of("first", 1))
                        .path("matchModels.nodes[0].id")
                        .entity(String.class)
                        .get();
        String byNode = "query ($id: ID!) { node(id: $id) { ... on MatchModel { version } } }";
        ask(byNode, Map.of("id", node))
                .path("node.version")
                .entity(String.class)
                .isEqualTo("trained-5");
        HttpGraphQlTester rival = of(TestDatabase.shared().newTenant());
        rival.document(byNode).variable("id", node).execute().path("node").valueIsNull();
        rival.document(MODELS)
                .variable("after", cursor)
                .execute()
                .path("matchModels.nodes")
                .entityList(Object.class)
                .hasSize(0);
    }

    private void insertModels(int count) {
        for (int n = 1; n <= count; n++) {
            TestDatabase.shared()
                    .owner()
                    .update(
                            """
                            WITH run AS (
                                INSERT INTO match_runs (
                                    tenant_id, id, mode, status, actor, finished_at)
                                VALUES (?, gen_random_uuid(), 'train', 'finished', 'test', now())
                                RETURNING tenant_id, id)
                            INSERT INTO match_models (
                                tenant_id, id, version, model, run_id, customers, rounds,
                                last_change, converged, expected_matches, patterns, actor)
                            SELECT tenant_id, gen_random_uuid(), 'trained-' || ?,
                                   '{"version": "x", "prior": 0.001, "fields": [],
                                     "calibration": {"slope": 1, "intercept": 0, "confirmed": 0,
                                                     "rejected": 0}}',
                                   id, 1000, 20, 0.00001, true, 50, 100, 'test'
                            FROM run
                            """,
                            tenant.value(),
                            n);
        }
    }
}
