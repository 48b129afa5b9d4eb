package io.customergraph.application;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.config.StatementLog;
import io.customergraph.migrations.Migrate;
import io.customergraph.provider.sync.HistorySync;
import io.customergraph.provider.sync.Reconciler;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Whether a helpdesk's tickets are here as they are there is told, and mended where it is asked.
 */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class ReconciliationsTest {

    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");
    private static final String EVER = "2000-01-01T00:00:00Z";
    private static final String LAYLA =
            """
            {"id": 501, "name": "Layla Haddad", "email": "layla@example.com", "phone": null,
             "mobile": "+966501112223"}
            """;
    private static final String EMPTY = "0".repeat(32);
    private static final HelpdeskDouble HELPDESK = new HelpdeskDouble();

    private static final String START =
            """
            mutation ($input: StartReconciliationInput!) { startReconciliation(input: $input) {
              reconciliation { id status phase repairs resources requestedBy connection { id } }
              userErrors { code field message } } }
            """;

    private static final String RUN =
            """
            query ($id: ID!) {
              reconciliation(id: $id) {
                status phase isSame records unreadable problem resources
                entities { type isWhole sourceCount count sourceChecksum checksum notCompared
                           differences missing extra outdated different unlinked remaining }
                differences(first: 100) {
                  totalCount nodes { type externalId kind problem repairedAt } } }
              node(id: $id) { id __typename }
            }
            """;

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private HistorySync histories;
    @Autowired private Reconciler reconciler;
    @Autowired private StatementLog log;

    @DynamicPropertySource
    static void the_helpdesk_is_here(DynamicPropertyRegistry properties) {
        HELPDESK.standsIn(properties);
    }

    @BeforeEach
    void begin() {
        HELPDESK.forget();
    }

    private Provider connected() {
        return Provider.connected(
                port,
                tenant,
                "freshdesk",
                Map.of("domain", "acme.freshdesk.com", "api_key", "Qm9uZXRlcmljLWtleQ"));
    }

    /** A helpdesk whose tickets are all here. */
    private Provider known(int tickets) {
        for (int n = 1; n <= tickets; n++) {
            HELPDESK.has(n, SPRING.plusSeconds(n), "Lamp " + n, LAYLA);
        }
        Provider helpdesk = connected();
        histories.work().contextWrite(TenantContext.of(tenant)).block();
        return helpdesk;
    }

    private HttpGraphQlTester partner(TenantId of) {
        return TestKeys.client(port, of, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE);
    }

    private Response start(TenantId of, Map<String, Object> input) {
        return partner(of).document(START).variable("input", input).execute();
    }

    private String started(Provider provider, boolean repairs) {
        return start(
                        tenant,
                        Map.of(
                                "connectionId",
                                provider.globalId(),
                                "resources",
                                List.of("tickets"),
                                "repair",
                                repairs))
                .path("startReconciliation.reconciliation.id")
                .entity(String.class)
                .get();
    }

    private void work() {
        reconciler.work().contextWrite(TenantContext.of(tenant)).block();
    }

    private void waitIsOver() {
        update("UPDATE reconciliations SET next_at = now() WHERE tenant_id = ?");
    }

    private void update(String sql) {
        TestDatabase.shared().owner().update(sql, tenant.value());
    }

    private long count(String table) {
        return TestDatabase.shared()
                .owner()
                .queryForList(
                        "SELECT 1 FROM " + table + " WHERE tenant_id = ?",
                        Integer.class,
                        tenant.value())
                .size();
    }

    private Response follow(TenantId of, String id) {
        return partner(of).document(RUN).variable("id", id).execute();
    }

    private Run run(String id) {
        return new Run(follow(tenant, id));
    }

    private record Run(Response response) {

        Run is(String json) {
            response.path("reconciliation").matchesJson(json);
            return this;
        }

        GraphQlTester.Path at(String path) {
            return response.path("reconciliation." + path);
        }
    }

    /** Runs from beginning to end. */
    private Run reconciled(Provider provider, boolean repairs) {
        String id = started(provider, repairs);
        work();
        return run(id);
    }

    private List<String> subjects() {
        return TestDatabase.shared()
                .owner()
                .queryForList(
                        "SELECT subject FROM support_tickets WHERE tenant_id = ? ORDER BY"
                                + " external_id",
                        String.class,
                        tenant.value());
    }

    /** One missing here, one gone there, one newer there, and one that says something else. */
    private Provider differing() {
        Provider helpdesk = known(6);
        HELPDESK.has(7, SPRING, "New", LAYLA);
        HELPDESK.lost(1);
        HELPDESK.has(2, SPRING.plusSeconds(900), "Newer", LAYLA);
        HELPDESK.has(3, SPRING.plusSeconds(3), "Another", LAYLA);
        return helpdesk;
    }

    @Test
    void what_is_the_same_has_one_checksum_on_both_sides() {
        Provider helpdesk = known(230);

        Run run = reconciled(helpdesk, false);

        run.is(
                """
                {"status": "FINISHED", "phase": "DONE", "isSame": true,
                 "unreadable": 0, "problem": null, "resources": ["tickets"],
                 "entities": [{"type": "support_ticket", "isWhole": true, "sourceCount": 230,
                               "count": 230, "notCompared": 0, "differences": 0,
                               "remaining": null}],
                 "differences": {"totalCount": 0, "nodes": []}}
                """);
        String checksum = run.at("entities[0].checksum").entity(String.class).get();
        assertThat(checksum).matches("[0-9a-f]{32}").isNotEqualTo(EMPTY);
        run.at("entities[0].sourceChecksum").entity(String.class).isEqualTo(checksum);
        assertThat(count("reconciliation_records")).isZero();
        reconciled(helpdesk, false)
                .at("entities[0].checksum")
                .entity(String.class)
                .isEqualTo(checksum);
    }

    @Test
    void what_differs_is_counted_and_named_and_nothing_is_changed() {
        Provider helpdesk = differing();
        List<String> before = subjects();

        Run run = reconciled(helpdesk, false);

        run.is(
                """
                {"status": "FINISHED", "isSame": false,
                 "entities": [{"sourceCount": 6, "count": 6, "differences": 4, "missing": 1,
                               "extra": 1, "outdated": 1, "different": 1, "unlinked": 0}],
                 "differences": {"totalCount": 4, "nodes": [
                   {"type": "support_ticket", "externalId": "2", "kind": "OUTDATED",
                    "problem": null, "repairedAt": null},
                   {"externalId": "3", "kind": "DIFFERENT"},
                   {"externalId": "7", "kind": "MISSING"},
                   {"externalId": "1", "kind": "EXTRA"}]}}
                """);
        assertThat(run.at("entities[0].checksum").entity(String.class).get())
                .isNotEqualTo(run.at("entities[0].sourceChecksum").entity(String.class).get());
        assertThat(subjects()).isEqualTo(before);
    }

    @Test
    void a_repair_makes_it_the_same_and_a_second_one_has_nothing_to_do() {
        Provider helpdesk = differing();

        Run run = reconciled(helpdesk, true);

        run.is(
                """
                {"status": "FINISHED", "isSame": true,
                 "entities": [{"sourceCount": 6, "count": 6, "differences": 4, "remaining": 0}],
                 "differences": {"totalCount": 4}}
                """);
        run.at("differences.nodes[*].repairedAt").entityList(Instant.class).hasSize(4);
        run.at("entities[0].checksum")
                .entity(String.class)
                .isEqualTo(run.at("entities[0].sourceChecksum").entity(String.class).get());
        assertThat(subjects())
                .containsExactly("Newer", "Another", "Lamp 4", "Lamp 5", "Lamp 6", "New");
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document("{ customers { nodes { stats { totalTickets } } } }")
                .execute()
                .path("customers.nodes")
                .matchesJson("[{\"stats\": {\"totalTickets\": 6}}]");

        reconciled(helpdesk, true)
                .is(
                        """
                        {"isSame": true, "entities": [{"differences": 0, "remaining": null}]}
                        """);
        assertThat(count("support_tickets")).isEqualTo(6);
    }

    @Test
    void what_was_deleted_by_a_repair_comes_back_only_when_its_source_changes_it() {
        Provider helpdesk = known(3);
        HELPDESK.lost(1);
        reconciled(helpdesk, true).at("isSame").entity(Boolean.class).isEqualTo(true);

        HELPDESK.has(1, SPRING.plusSeconds(1), "Lamp 1", LAYLA);

        reconciled(helpdesk, true)
                .is(
                        """
                        {"isSame": false, "entities": [{"missing": 1, "remaining": 1}],
                         "differences": {"nodes": [
                           {"externalId": "1", "kind": "MISSING", "problem": "deleted_here",
                            "repairedAt": null}]}}
                        """);
        assertThat(count("support_tickets")).isEqualTo(2);
    }

    @Test
    void what_the_provider_has_beside_its_pages_is_not_deleted() {
        Provider helpdesk = known(9);
        HELPDESK.archived(1);
        HELPDESK.offPages(2, "{\"id\": 2, \"subject\": \"Lamp 2\"}");
        HELPDESK.offPages(3, "{\"id\": 3, \"deleted\": true}");
        HELPDESK.lost(4);

        reconciled(helpdesk, true)
                .is(
                        """
                        {"isSame": false, "entities": [{"extra": 4, "remaining": 2}],
                         "differences": {"nodes": [
                           {"externalId": "1", "kind": "EXTRA", "problem": "still_there"},
                           {"externalId": "2", "kind": "EXTRA", "problem": "still_there"},
                           {"externalId": "3", "kind": "EXTRA", "problem": null},
                           {"externalId": "4", "kind": "EXTRA", "problem": null}]}}
                        """);
        assertThat(subjects())
                .containsExactly(
                        "Lamp 1", "Lamp 2", "Lamp 5", "Lamp 6", "Lamp 7", "Lamp 8", "Lamp 9");
    }

    @Test
    void a_source_that_lost_most_of_what_it_had_is_not_followed() {
        Provider helpdesk = known(5);
        for (int n = 1; n <= 3; n++) {
            HELPDESK.lost(n);
        }

        reconciled(helpdesk, true)
                .is(
                        """
                        {"isSame": false, "entities": [{"extra": 3, "remaining": 3}]}
                        """)
                .at("differences.nodes[*].problem")
                .entityList(String.class)
                .containsExactly("too_many", "too_many", "too_many");
        assertThat(count("support_tickets")).isEqualTo(5);
    }

    @Test
    void what_changes_while_it_is_read_is_no_difference() {
        Provider helpdesk = known(150);
        String id = started(helpdesk, false);
        HELPDESK.after(1, aResponse().withStatus(429).withHeader("Retry-After", "60"));
        work();
        run(id).is("{\"status\": \"RUNNING\", \"phase\": \"READING\", \"records\": 100}");

        HELPDESK.has(5, Instant.now(), "Changed after its page", LAYLA);
        HELPDESK.has(140, Instant.now(), "Changed before its page", LAYLA);
        HELPDESK.has(151, Instant.now(), "Came meanwhile", LAYLA);
        waitIsOver();
        work();

        run(id).is(
                        """
                        {"status": "FINISHED", "isSame": true,
                         "entities": [{"sourceCount": 148, "count": 148, "notCompared": 3,
                                       "differences": 0}]}
                        """);
    }

    @Test
    void a_run_whose_node_died_goes_on_where_it_stood() {
        Provider helpdesk = known(250);
        HELPDESK.has(251, SPRING.plusSeconds(251), "New", LAYLA);
        String id = started(helpdesk, true);
        HELPDESK.after(2, aResponse().withStatus(429).withHeader("Retry-After", "60"));
        work();
        update(
                """
                UPDATE reconciliations
                SET next_at = now(), claimed_by = 'another', claimed_until = now() + interval '1 hour'
                WHERE tenant_id = ?
                """);
        int asked = HELPDESK.asked("page").size();
        work();
        assertThat(HELPDESK.asked("page")).as("the other node's run").hasSize(asked);

        update(
                """
                UPDATE reconciliations SET claimed_until = now() - interval '1 second'
                WHERE tenant_id = ?
                """);
        work();

        run(id).is(
                        """
                        {"status": "FINISHED", "isSame": true,
                         "entities": [{"sourceCount": 251, "count": 251, "missing": 1,
                                       "differences": 1, "remaining": 0}]}
                        """);
        assertThat(HELPDESK.asked("updated_since").stream().filter(EVER::equals))
                .as("the history's, and two readings'")
                .hasSize(3);
    }

    @Test
    void while_a_record_cannot_be_read_nothing_is_too_much() {
        Provider helpdesk = known(3);
        HELPDESK.put(new HelpdeskDouble.Ticket(1, SPRING, "\"id\": null"));

        reconciled(helpdesk, true)
                .is(
                        """
                        {"status": "FINISHED", "isSame": false, "unreadable": 1,
                         "entities": [{"sourceCount": 2, "count": 2, "notCompared": 1,
                                       "extra": 0, "differences": 0}]}
                        """);
        assertThat(count("support_tickets")).isEqualTo(3);
    }

    @Test
    void a_record_that_nobody_was_found_for_is_linked() {
        Provider helpdesk = known(2);
        update(
                """
                UPDATE match_decisions SET withdrawn_at = now(), withdrawn_by = 'test'
                WHERE tenant_id = ? AND record_id IN (
                    SELECT id FROM support_tickets WHERE external_id = '1')
                """);
        update(
                "UPDATE support_tickets SET customer_id = NULL WHERE tenant_id = ? AND external_id"
                        + " = '1'");

        reconciled(helpdesk, false)
                .is(
                        """
                        {"isSame": false, "entities": [{"unlinked": 1, "differences": 1}],
                         "differences": {"nodes": [{"externalId": "1", "kind": "UNLINKED"}]}}
                        """);
        reconciled(helpdesk, true)
                .is(
                        """
                        {"isSame": true, "entities": [{"unlinked": 1, "remaining": 0}]}
                        """);
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document("{ customers { nodes { stats { totalTickets } } } }")
                .execute()
                .path("customers.nodes")
                .matchesJson("[{\"stats\": {\"totalTickets\": 2}}]");
    }

    @Test
    void what_is_newer_here_is_told_and_not_overwritten() {
        Provider helpdesk = known(2);
        HELPDESK.has(1, SPRING.minusSeconds(60), "Older", LAYLA);

        reconciled(helpdesk, true)
                .at("differences.nodes")
                .matchesJson(
                        """
                        [{"externalId": "1", "kind": "DIFFERENT", "problem": "newer_here"}]
                        """);
        assertThat(subjects()).containsExactly("Lamp 1", "Lamp 2");
    }

    @Test
    void a_provider_that_does_not_answer_is_asked_ten_times() {
        Provider helpdesk = known(1);
        String id = started(helpdesk, false);
        HELPDESK.next(aResponse().withStatus(401));
        work();
        run(id).is(
                        """
                        {"status": "RUNNING", "phase": "READING", "problem": "unauthorized",
                         "isSame": null}
                        """);

        update("UPDATE reconciliations SET failures_in_a_row = 9 WHERE tenant_id = ?");
        waitIsOver();
        HELPDESK.next(aResponse().withStatus(401));
        work();
        work();

        run(id).is(
                        """
                        {"status": "FAILED", "phase": "DONE", "problem": "unauthorized",
                         "isSame": null}
                        """);
        assertThat(count("reconciliation_records")).isZero();
    }

    @Test
    void what_nobody_expected_is_tried_again_and_told() {
        Provider helpdesk = known(1);
        String id = started(helpdesk, false);
        update(
                """
                INSERT INTO reconciliation_entities (
                    tenant_id, reconciliation_id, record_type, is_whole)
                SELECT tenant_id, id, 'nonsense', false FROM reconciliations WHERE tenant_id = ?
                """);

        assertThatThrownBy(this::work).isInstanceOf(IllegalArgumentException.class);

        run(id).is(
                        """
                        {"status": "RUNNING", "phase": "COMPARING", "problem": "internal_error"}
                        """);
        assertThat(HELPDESK.asked("page")).as("the history's, and one reading's").hasSize(2);
        update(
                "DELETE FROM reconciliation_entities WHERE record_type = 'nonsense' AND tenant_id ="
                        + " ?");
        waitIsOver();
        work();
        run(id).is("{\"status\": \"FINISHED\", \"isSame\": true, \"problem\": null}");
    }

    @Test
    void a_connection_that_ended_ends_the_run() {
        Provider helpdesk = known(1);
        String id = started(helpdesk, false);
        update(
                """
                UPDATE integration_connections SET status = 'disconnected', disconnected_at = now()
                WHERE tenant_id = ?
                """);

        work();
        work();

        run(id).is("{\"status\": \"FAILED\", \"problem\": \"not_connected\"}");
    }

    @Test
    void nobody_else_sees_or_starts_it() {
        Provider helpdesk = known(1);
        String id = started(helpdesk, false);
        TenantId rival = TestDatabase.shared().newTenant();

        start(rival, Map.of("connectionId", helpdesk.globalId()))
                .path("startReconciliation")
                .matchesJson(
                        """
                        {"reconciliation": null,
                         "userErrors": [{"code": "NOT_FOUND", "field": ["input", "connectionId"]}]}
                        """);
        reconciler.work().contextWrite(TenantContext.of(rival)).block();
        follow(rival, id).path("").matchesJson("{\"reconciliation\": null, \"node\": null}");
        run(id).is("{\"status\": \"QUEUED\", \"phase\": \"WAITING\", \"entities\": []}");
        TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ)
                .document(START)
                .variable("input", Map.of("connectionId", helpdesk.globalId()))
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("integrations:write"));
    }

    @Test
    void one_run_of_a_connection_at_a_time_of_what_is_read_there() {
        Provider helpdesk = known(1);
        Map<String, Object> wanted =
                Map.of("connectionId", helpdesk.globalId(), "resources", List.of("tickets"));
        start(tenant, Map.of("connectionId", helpdesk.globalId(), "resources", List.of("orders")))
                .path("startReconciliation.userErrors")
                .matchesJson(
                        """
                        [{"code": "INVALID", "field": ["input", "resources"]}]
                        """);
        start(tenant, wanted)
                .path("startReconciliation")
                .matchesJson(
                        """
                        {"reconciliation": {"status": "QUEUED", "repairs": false,
                                            "resources": ["tickets"], "requestedBy": "key:test"},
                         "userErrors": []}
                        """);
        start(tenant, wanted)
                .path("startReconciliation.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("ALREADY_RUNNING");
        Provider payments =
                Provider.connected(
                        port,
                        tenant,
                        "moyasar",
                        Map.of("secret_key", "sk_test_0123456789abcdefghijklmnop"));
        start(tenant, Map.of("connectionId", payments.globalId()))
                .path("startReconciliation.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("BLOCKED");
    }

    @Test
    void the_last_twenty_runs_of_a_connection_are_listed() {
        Provider helpdesk = known(1);
        for (int n = 0; n < 21; n++) {
            started(helpdesk, false);
            work();
        }

        partner(tenant)
                .document(
                        """
                        query ($id: ID!) { node(id: $id) { ... on IntegrationConnection {
                          reconciliations(first: 50) { nodes { id isSame } } } } }
                        """)
                .variable("id", helpdesk.globalId())
                .execute()
                .path("node.reconciliations.nodes[*].isSame")
                .entityList(Boolean.class)
                .hasSize(20)
                .doesNotContain(false);
    }

    @Test
    void a_page_costs_as_many_statements_however_much_is_on_it() {
        Provider helpdesk = known(2);
        started(helpdesk, false);
        List<String> few = statements();
        for (int n = 3; n <= 90; n++) {
            HELPDESK.has(n, SPRING.plusSeconds(n), "Lamp " + n, LAYLA);
        }
        String id = started(helpdesk, false);

        List<String> many = statements();

        assertThat(many).hasSameSizeAs(few);
        run(id).at("entities[0].missing").entity(Integer.class).isEqualTo(88);
    }

    /** Calls are written down by and by. */
    private List<String> statements() {
        return log.during(this::work).stream()
                .filter(sql -> sql.contains("reconciliation"))
                .toList();
    }

    @Test
    void an_operators_command_follows_it_and_shows_what_differs() throws Exception {
        Provider helpdesk = differing();
        Outcome differs = command("--connection=" + helpdesk.connection());
        assertThat(differs.out())
                .containsPattern(
                        "freshdesk acme.freshdesk.com +support_ticket +6 +6 +different +1 +1 +1 +1")
                .containsPattern("support_ticket +6 +6")
                .contains("4 differences.");
        assertThat(differs.exitCode()).isEqualTo(1);

        Outcome repaired = command("--repair");

        assertThat(repaired.out())
                .containsPattern("support_ticket +6 +6 +same +1 +1 +1 +1 +0 +0 +0")
                .contains("Nothing differs.");
        assertThat(repaired.exitCode()).isZero();
    }

    private record Outcome(int exitCode, String out) {}

    /** The command in one thread, a node in this one. */
    private Outcome command(String option) throws Exception {
        StringWriter out = new StringWriter();
        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(
                        () ->
                                Migrate.commandLine()
                                        .setOut(new PrintWriter(out, true))
                                        .setErr(new PrintWriter(out, true))
                                        .execute(
                                                "reconcile",
                                                "--tenant=" + tenant.value(),
                                                "--url=" + TestDatabase.shared().url(),
                                                "--user=postgres",
                                                option));
        Instant end = Instant.now().plusSeconds(30);
        while (!exitCode.isDone() && Instant.now().isBefore(end)) {
            work();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return new Outcome(exitCode.get(1, TimeUnit.SECONDS), out.toString());
    }
}
