package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.CallLog;
import io.customergraph.integration.LoggedCall;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was called at providers, and what was counted, as a partner reads it. */
@CustomerGraphTest
class CallsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private final TenantId tenant = DATABASE.newTenant();
    private final UUID desk = connected(tenant, "desk");
    private final UUID other = connected(tenant, "other");

    @Value("${local.server.port}")
    private int port;

    private static UUID connected(TenantId of, String account) {
        UUID id = UUID.randomUUID();
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO integration_connections (
                            tenant_id, id, provider, name, environment, account, status)
                        VALUES (?, ?, 'freshdesk', 'Desk', 'production', ?, 'active')
                        """,
                        of.value(),
                        id,
                        account);
        return id;
    }

    private void called(
            UUID connection, Instant at, @Nullable Integer status, long durationMs, String path) {
        new CallLog(DATABASE.client())
                .write(
                        List.of(
                                new LoggedCall(
                                        UUID.randomUUID(),
                                        connection,
                                        "GET",
                                        "acme.freshdesk.com",
                                        path,
                                        status,
                                        status == null ? "timeout" : null,
                                        1,
                                        durationMs,
                                        "correlation",
                                        at)))
                .contextWrite(TenantContext.of(tenant))
                .block();
    }

    private void known() {
        called(desk, hour.minusSeconds(60), 200, 10, "/ok");
        called(desk, hour.minusSeconds(50), 500, 900, "/failed");
        called(desk, hour.minusSeconds(40), 429, 20, "/limited");
        called(desk, hour.minusSeconds(30), null, 5_000, "/silent");
        called(other, hour.minusSeconds(20), 200, 30, "/of-other");
        called(desk, hour.minus(Duration.ofDays(100)), 200, 10, "/old");
    }

    private Response ask(String document, Map<String, ?> variables) {
        return ask(tenant, document, variables);
    }

    private Response ask(TenantId by, String document, Map<String, ?> variables) {
        var request = TestKeys.client(port, by, Scope.INTEGRATIONS_READ).document(document);
        variables.forEach(request::variable);
        return request.execute();
    }

    private List<String> paths(Map<String, ?> filter) {
        return ask(
                        """
                        query ($f: IntegrationApiCallFilter) {
                          integrationApiCalls(first: 20, filter: $f) { totalCount nodes { path } } }
                        """,
                        Map.of("f", filter))
                .path("integrationApiCalls.nodes[*].path")
                .entityList(String.class)
                .get();
    }

    private static String id(UUID connection) {
        return NodeId.encode(NodeType.INTEGRATION_CONNECTION, connection);
    }

    @Test
    void calls_are_listed_the_newest_first_by_what_came_of_them() {
        known();

        assertThat(paths(Map.of()))
                .containsExactly("/of-other", "/silent", "/limited", "/failed", "/ok");
        assertThat(paths(Map.of("connectionId", id(desk))))
                .containsExactly("/silent", "/limited", "/failed", "/ok");
        assertThat(paths(Map.of("outcome", List.of("FAILED", "RATE_LIMITED"))))
                .containsExactly("/limited", "/failed");
        assertThat(paths(Map.of("outcome", List.of("UNANSWERED")))).containsExactly("/silent");
        assertThat(paths(Map.of("outcome", List.of("SUCCEEDED"), "connectionId", id(desk))))
                .containsExactly("/ok");
        assertThat(paths(Map.of("status", 500))).containsExactly("/failed");
        assertThat(paths(Map.of("slowerThanMs", 900))).containsExactly("/silent");
        assertThat(
                        paths(
                                Map.of(
                                        "from", hour.minusSeconds(50).toString(),
                                        "to", hour.minusSeconds(30).toString())))
                .as("the end is not in it")
                .containsExactly("/limited", "/failed");
        assertThat(
                        paths(
                                Map.of(
                                        "from", hour.minus(Duration.ofDays(101)).toString(),
                                        "to", hour.minus(Duration.ofDays(99)).toString())))
                .containsExactly("/old");
    }

    @Test
    void a_call_says_what_was_called_and_nothing_of_what_was_said() {
        known();

        ask(
                        """
                        { integrationApiCalls(first: 1, filter: {outcome: [UNANSWERED]}) { nodes {
                            method host path outcome status problem attempt durationMs
                            correlationId occurredAt connection { name } } } }
                        """,
                        Map.of())
                .path("integrationApiCalls.nodes[0]")
                .matchesJsonStrictly(
                        """
                        {"method": "GET", "host": "acme.freshdesk.com", "path": "/silent",
                         "outcome": "UNANSWERED", "status": null, "problem": "timeout",
                         "attempt": 1, "durationMs": 5000, "correlationId": "correlation",
                         "occurredAt": "%s", "connection": {"name": "Desk"}}
                        """
                                .formatted(hour.minusSeconds(30)));
    }

    @Test
    void pages_of_calls_go_on_where_the_last_one_ended_in_both_directions() {
        known();
        String page =
                """
                query ($after: String) { integrationApiCalls(first: 2, after: $after) {
                    totalCount nodes { path } pageInfo { endCursor hasNextPage hasPreviousPage } } }
                """;

        Response first = ask(page, Map.of());
        first.path("integrationApiCalls.totalCount").entity(Integer.class).isEqualTo(5);
        String cursor =
                first.path("integrationApiCalls.pageInfo.endCursor").entity(String.class).get();
        Response second = ask(page, Map.of("after", cursor));
        second.path("integrationApiCalls.nodes[*].path")
                .entityList(String.class)
                .containsExactly("/limited", "/failed");
        ask(
                        """
                        query ($before: String) { integrationApiCalls(last: 5, before: $before) {
                            nodes { path } } }
                        """,
                        Map.of("before", cursor))
                .path("integrationApiCalls.nodes[*].path")
                .entityList(String.class)
                .containsExactly("/of-other");
    }

    @Test
    void a_connection_has_its_own_calls_and_hours() {
        known();

        ask(
                        """
                        { integrationConnections { nodes { account
                            apiCalls(first: 1) { totalCount nodes { path } }
                            metrics(first: 2) { nodes { calls failedCalls rateLimitedCalls } } } } }
                        """,
                        Map.of())
                .path("integrationConnections.nodes[?(@.account == 'desk')]")
                .matchesJsonStrictly(
                        """
                        [{"account": "desk",
                          "apiCalls": {"totalCount": 5, "nodes": [{"path": "/silent"}]},
                          "metrics": {"nodes": [
                            {"calls": 0, "failedCalls": 0, "rateLimitedCalls": 0},
                            {"calls": 4, "failedCalls": 3, "rateLimitedCalls": 1}]}}]
                        """);
    }

    @Test
    void hours_add_up_to_days_and_connections_to_the_tenant() {
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(2));
        counted(desk, day, "api_call", 10, 2, 1_000, 400);
        counted(desk, day, "rate_limited", 1, 0, 0, 0);
        counted(desk, day.plus(Duration.ofHours(23)), "api_call", 30, 0, 1_000, 300);
        counted(desk, day, "event", 4, 1, 8_000, 5_000);
        counted(other, day, "api_call", 1, 1, 7, 7);
        counted(desk, day.plus(Duration.ofDays(1)), "api_call", 5, 5, 5, 5);

        Map<String, String> span =
                Map.of("from", day.toString(), "to", day.plus(Duration.ofDays(1)).toString());
        String metrics =
                """
                query ($c: ID, $from: DateTime, $to: DateTime, $i: IntegrationMetricInterval!) {
                  integrationMetrics(first: 30, connectionId: $c, from: $from, to: $to,
                                     interval: $i) { totalCount nodes {
                    from to calls failedCalls rateLimitedCalls averageCallMs longestCallMs
                    deliveries deadDeliveries averageDeliveryMs longestDeliveryMs } } }
                """;
        ask(metrics, with(span, Map.of("i", "DAY", "c", id(desk))))
                .path("integrationMetrics")
                .matchesJsonStrictly(
                        """
                        {"totalCount": 1, "nodes": [{"from": "%s", "to": "%s", "calls": 40,
                          "failedCalls": 2, "rateLimitedCalls": 1, "averageCallMs": 50,
                          "longestCallMs": 400, "deliveries": 4, "deadDeliveries": 1,
                          "averageDeliveryMs": 2000, "longestDeliveryMs": 5000}]}
                        """
                                .formatted(day, day.plus(Duration.ofDays(1))));
        ask(metrics, with(span, Map.of("i", "DAY")))
                .path("integrationMetrics.nodes[*].calls")
                .entityList(Integer.class)
                .containsExactly(41);
        Response hours = ask(metrics, with(span, Map.of("i", "HOUR", "c", id(desk))));
        hours.path("integrationMetrics.totalCount").entity(Integer.class).isEqualTo(24);
        hours.path("integrationMetrics.nodes[0].calls").entity(Integer.class).isEqualTo(30);
        hours.path("integrationMetrics.nodes[23].calls").entity(Integer.class).isEqualTo(10);
        hours.path("integrationMetrics.nodes[1]")
                .matchesJson("{\"calls\": 0, \"deliveries\": 0, \"averageCallMs\": null}");
    }

    @Test
    void more_than_ninety_days_at_once_is_refused_with_what_to_do() {
        String from = Instant.now().minus(Duration.ofDays(91)).toString();
        for (String field :
                List.of(
                        "integrationMetrics(from: $t) { totalCount }",
                        "integrationApiCalls(filter: {from: $t}) { totalCount }",
                        "integrationConnections { nodes { metrics(from: $t) { totalCount } } }")) {
            ask("query ($t: DateTime) { " + field + " }", Map.of("t", from))
                    .errors()
                    .satisfy(
                            errors -> {
                                assertThat(errors).isNotEmpty();
                                assertThat(errors.getFirst().getMessage())
                                        .contains("90 days", "in parts");
                                assertThat(errors.getFirst().getExtensions())
                                        .containsEntry("code", "BAD_USER_INPUT");
                            });
        }
        ask(
                        "query ($t: DateTime) { integrationMetrics(to: $t, from: $t) { totalCount }"
                                + " }",
                        Map.of("t", from))
                .errors()
                .satisfy(
                        errors ->
                                assertThat(errors.getFirst().getMessage())
                                        .contains("`from` is before `to`"));
    }

    @Test
    void nothing_of_another_tenant_is_seen_even_by_who_knows_an_id() {
        known();
        TenantId rival = DATABASE.newTenant();

        Response answer =
                ask(
                        rival,
                        """
                        query ($c: ID!) {
                          all: integrationApiCalls { totalCount nodes { path } }
                          integrationApiCalls(filter: {connectionId: $c}) { totalCount nodes { path } }
                          integrationMetrics(connectionId: $c, first: 100) {
                            nodes { calls deliveries longestCallMs } } }
                        """,
                        Map.of("c", id(desk)));

        answer.path("all.totalCount").entity(Integer.class).isEqualTo(0);
        answer.path("integrationApiCalls").matchesJson("{\"totalCount\": 0, \"nodes\": []}");
        answer.path("integrationMetrics.nodes[*].calls")
                .entityList(Integer.class)
                .satisfies(calls -> assertThat(calls).containsOnly(0));
        ask(
                        "query ($c: ID!) { integrationApiCalls(filter: {connectionId: $c}) {"
                                + " totalCount } }",
                        Map.of("c", NodeId.encode(NodeType.INTEGRATION_EVENT, desk)))
                .errors()
                .satisfy(
                        errors ->
                                assertThat(errors.getFirst().getExtensions())
                                        .containsEntry("code", "INVALID_ID"));
    }

    @Test
    void a_key_without_the_scope_reads_none() {
        for (String list : List.of("integrationApiCalls", "integrationMetrics")) {
            TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                    .document("{ " + list + " { totalCount } }")
                    .execute()
                    .errors()
                    .satisfy(
                            errors ->
                                    assertThat(errors.getFirst().getExtensions())
                                            .containsEntry("code", "FORBIDDEN")
                                            .containsEntry("scope", "integrations:read"));
        }
    }

    private static Map<String, Object> with(Map<String, ?> some, Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private void counted(
            UUID connection,
            Instant hour,
            String metric,
            int count,
            int failures,
            int durationMs,
            int longestMs) {
        DATABASE.owner()
                .query(
                        "SELECT record_integration_metric(?, ?, ?, ?::timestamptz, ?, ?, ?, ?)",
                        row -> {},
                        tenant.value(),
                        connection,
                        metric,
                        hour.toString(),
                        count,
                        failures,
                        durationMs,
                        longestMs);
    }
}
