package io.customergraph.application;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.customergraph.ingest.Ingestion;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

import java.time.Duration;
import java.util.List;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class MatchRunTest {

    private static final String START =
            """
            mutation ($mode: MatchRunMode!) {
              startMatchRun(input: { mode: $mode }) {
                run { id mode status requestedBy } userErrors { code field message }
              }
            }
            """;

    private static final String FOLLOW =
            """
            query ($id: ID!) {
              matchRun(id: $id) {
                status phase customers comparedPairs likelyPairs reviewPairs merged model failure
                processed total startedAt finishedAt
              }
              node(id: $id) { id __typename }
            }
            """;

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private Ingestion ingestion;

    private HttpGraphQlTester steward() {
        return TestKeys.client(port, tenant, Scope.MATCHING_REVIEW, Scope.CUSTOMERS_READ);
    }

    private Response follow(HttpGraphQlTester client, String id) {
        return client.document(FOLLOW).variable("id", id).execute();
    }

    @Test
    void a_run_is_started_followed_and_merges_what_is_evident() {
        for (String mailbox :
                List.of("oliviathornbury@example.com", "oliviathornburry@example.com")) {
            ingestion
                    .ingest(List.of(ticket(person(null, "Olivia Thornbury", mailbox, null))))
                    .contextWrite(TenantContext.of(tenant))
                    .block();
        }

        Response started = steward().document(START).variable("mode", "APPLY").execute();
        started.path("startMatchRun.userErrors").entityList(Object.class).hasSize(0);
        String id = started.path("startMatchRun.run.id").entity(String.class).get();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                follow(steward(), id)
                                        .path("matchRun.status")
                                        .entity(String.class)
                                        .isEqualTo("FINISHED"));
        follow(steward(), id)
                .path("")
                .matchesJson(
                        """
                        {"matchRun": {"phase": "done", "customers": 2, "likelyPairs": 1,
                                      "merged": 1, "model": "shipped-1", "failure": null},
                         "node": {"__typename": "MatchRun"}}
                        """);
        steward()
                .document("{ customers { totalCount } }")
                .execute()
                .path("customers.totalCount")
                .entity(Integer.class)
                .isEqualTo(1);
    }

    @Test
    void a_run_is_its_tenants_own_and_there_is_one_at_a_time() {
        TestDatabase.shared()
                .owner()
                .update(
                        """
                        INSERT INTO match_runs (
                            tenant_id, id, mode, status, actor, heartbeat_at, started_at)
                        VALUES (?, gen_random_uuid(), 'apply', 'running', 'test',
                                now() + interval '1 day', now())
                        """,
                        tenant.value());

        steward()
                .document(START)
                .variable("mode", "DRY_RUN")
                .execute()
                .path("startMatchRun.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("ALREADY_RUNNING");
        HttpGraphQlTester stranger =
                TestKeys.client(
                        port,
                        TestDatabase.shared().newTenant(),
                        Scope.MATCHING_REVIEW,
                        Scope.CUSTOMERS_READ);
        String theirs =
                stranger.document(START)
                        .variable("mode", "DRY_RUN")
                        .execute()
                        .path("startMatchRun.run.id")
                        .entity(String.class)
                        .get();
        follow(steward(), theirs).path("matchRun").valueIsNull();
        TestKeys.client(port, tenant, Scope.CUSTOMERS_WRITE)
                .document(START)
                .variable("mode", "APPLY")
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("matching:review"));
    }
}
