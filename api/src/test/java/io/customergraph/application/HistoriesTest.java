package io.customergraph.application;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.provider.sync.HistorySync;
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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a helpdesk has comes here whole, once, and goes on from where it stood. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class HistoriesTest {

    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");
    private static final String EVER = "2000-01-01T00:00:00Z";
    private static final String LAYLA =
            """
            {"id": 501, "name": "Layla Haddad", "email": "layla@example.com", "phone": null,
             "mobile": "+966501112223"}
            """;
    private static final HelpdeskDouble HELPDESK = new HelpdeskDouble();

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private HistorySync histories;

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

    private void work() {
        histories.work().contextWrite(TenantContext.of(tenant)).block();
    }

    private void waitIsOver() {
        TestDatabase.shared()
                .owner()
                .update(
                        "UPDATE integration_syncs SET next_at = now() WHERE tenant_id = ?",
                        tenant.value());
    }

    private long tickets() {
        return Objects.requireNonNull(
                TestDatabase.shared()
                        .owner()
                        .queryForObject(
                                "SELECT count(*) FROM support_tickets WHERE tenant_id = ?",
                                Long.class,
                                tenant.value()));
    }

    private GraphQlTester.Path sync(Provider provider, String path) {
        return partner(tenant)
                .document(
                        """
                        query ($id: ID!) { node(id: $id) { ... on IntegrationConnection {
                          health
                          syncs { resource status records rejected problem coveredUntil
                                  beganAt finishedAt nextAt } } } }
                        """)
                .variable("id", provider.globalId())
                .execute()
                .path("node" + path);
    }

    private HttpGraphQlTester partner(TenantId of) {
        return TestKeys.client(port, of, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE);
    }

    private Response request(TenantId of, Provider provider, boolean isFull) {
        return partner(of)
                .document(
                        """
                        mutation ($input: SyncIntegrationInput!) { syncIntegration(input: $input) {
                          connection { id } userErrors { code field message } } }
                        """)
                .variable("input", Map.of("id", provider.globalId(), "isFull", isFull))
                .execute();
    }

    @Test
    void the_whole_history_arrives_and_belongs_to_its_people() {
        for (int n = 1; n <= 120; n++) {
            HELPDESK.has(n, SPRING.plusSeconds(n), "Lamp " + n, LAYLA);
        }
        // More than a page changed at one time, as an import does.
        for (int n = 121; n <= 360; n++) {
            HELPDESK.has(n, SPRING.plusSeconds(5_000), "Lamp " + n, LAYLA);
        }
        Provider helpdesk = connected();

        work();

        assertThat(tickets()).isEqualTo(360);
        sync(helpdesk, "")
                .matchesJson(
                        """
                        {"health": "HEALTHY", "syncs": [
                         {"resource": "contacts", "status": "WAITING", "records": 0},
                         {"resource": "tickets",
                         "status": "WAITING", "rejected": 0, "problem": null, "beganAt": null}]}
                        """);
        sync(helpdesk, ".syncs[1].coveredUntil").entity(Instant.class);
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(
                        """
                        { customers(first: 5) { nodes { displayName email phone
                            stats { totalTickets }
                            tickets(first: 1) { nodes { status priority channel tags } } } } }
                        """)
                .execute()
                .path("customers.nodes")
                .matchesJson(
                        """
                        [{"displayName": "Layla Haddad", "email": "layla@example.com",
                          "phone": "+966501112223", "stats": {"totalTickets": 360},
                          "tickets": {"nodes": [{"status": "OPEN", "priority": "HIGH",
                                                 "channel": "email", "tags": ["lamp"]}]}}]
                        """);
    }

    @Test
    void a_later_pass_reads_what_changed_since() {
        HELPDESK.has(1, SPRING, "Old", LAYLA);
        connected();
        work();
        HELPDESK.has(1, Instant.now(), "New", LAYLA);
        HELPDESK.has(2, Instant.now(), "Another", LAYLA);

        waitIsOver();
        work();

        List<String> since = HELPDESK.asked("updated_since");
        assertThat(since.getFirst()).isEqualTo(EVER);
        assertThat(Instant.parse(since.getLast())).isAfter(Instant.now().minusSeconds(1_200));
        assertThat(subjects()).containsExactlyInAnyOrder("New", "Another");
    }

    private List<String> subjects() {
        return TestDatabase.shared()
                .owner()
                .queryForList(
                        "SELECT subject FROM support_tickets WHERE tenant_id = ?",
                        String.class,
                        tenant.value());
    }

    @Test
    void what_a_failure_cut_short_goes_on_where_it_stood() {
        for (int n = 1; n <= 250; n++) {
            HELPDESK.has(n, SPRING.plusSeconds(n), "Lamp " + n, LAYLA);
        }
        Provider helpdesk = connected();
        HELPDESK.after(1, aResponse().withStatus(500));

        work();

        assertThat(tickets()).isEqualTo(100);
        sync(helpdesk, ".syncs[1]")
                .matchesJson("{\"status\": \"FAILED\", \"problem\": \"provider_error\"}");
        waitIsOver();
        work();

        assertThat(tickets()).isEqualTo(250);
        assertThat(HELPDESK.asked("updated_since").stream().filter(EVER::equals)).hasSize(1);
        sync(helpdesk, ".syncs[1]").matchesJson("{\"status\": \"WAITING\", \"problem\": null}");
    }

    @Test
    void a_helpdesk_that_asks_to_wait_is_left_alone_for_as_long() {
        HELPDESK.has(1, SPRING, "Lamp", LAYLA);
        Provider helpdesk = connected();
        HELPDESK.next(aResponse().withStatus(429).withHeader("Retry-After", "120"));

        work();
        work();

        assertThat(HELPDESK.asked("page")).hasSize(1);
        sync(helpdesk, ".syncs[1]").matchesJson("{\"status\": \"WAITING\"}");
        assertThat(sync(helpdesk, ".syncs[1].nextAt").entity(Instant.class).get())
                .isBetween(Instant.now().plusSeconds(90), Instant.now().plusSeconds(121));
        waitIsOver();
        work();
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void a_wrong_key_is_the_connections_problem_and_is_not_tried_at_once_again() {
        Provider helpdesk = connected();
        HELPDESK.next(aResponse().withStatus(401));
        HELPDESK.answersContacts(aResponse().withStatus(401));

        work();
        work();

        assertThat(HELPDESK.asked("page")).hasSize(1);
        sync(helpdesk, "")
                .matchesJson(
                        """
                        {"health": "DEGRADED",
                         "syncs": [{"status": "FAILED", "problem": "unauthorized", "records": 0},
                                   {"status": "FAILED", "problem": "unauthorized", "records": 0}]}
                        """);
    }

    @Test
    void tickets_that_are_none_are_counted_and_the_others_are_kept() {
        HELPDESK.has(1, SPRING, "Lamp", LAYLA);
        HELPDESK.put(
                new HelpdeskDouble.Ticket(
                        2, SPRING, "\"subject\": 7, \"requester\": [], \"tags\": {}"));
        HELPDESK.put(new HelpdeskDouble.Ticket(3, SPRING, "\"id\": null, \"subject\": \"No id\""));
        HELPDESK.has(4, SPRING, "مصباح 💡", LAYLA);
        Provider helpdesk = connected();

        work();

        assertThat(subjects()).containsExactlyInAnyOrder("Lamp", "7", "مصباح 💡");
        sync(helpdesk, ".syncs[1]").matchesJson("{\"records\": 4, \"rejected\": 1}");
    }

    @Test
    void contacts_without_a_ticket_are_customers_too_and_requesters_are_the_same_people() {
        for (int n = 1; n <= 230; n++) {
            HELPDESK.knows(
                    10_000 + n,
                    SPRING.minusSeconds(n),
                    "\"name\": \"Contact %d\", \"email\": \"contact%d@example.com\""
                            .formatted(n, n));
        }
        HELPDESK.knows(
                501,
                SPRING,
                """
                "name": "Layla Haddad", "email": "layla@example.com", "active": true,
                "other_emails": ["layla.h@example.com", 7, " "], "phone": null,
                "mobile": "+966 50 111 2223", "language": "ar", "job_title": null,
                "created_at": "2026-01-01T08:00:00Z"
                """);
        HELPDESK.has(1, SPRING, "Lamp", LAYLA);
        connected();

        work();

        assertThat(HELPDESK.askedForContacts("page")).containsExactly("1", "2", "3");
        assertThat(HELPDESK.askedForContacts("_updated_since")).containsOnly("");
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(
                        """
                        { customers(first: 1) { totalCount }
                          customer(by: {email: "layla.h@example.com"}) {
                            displayName email phone stats { totalTickets }
                            supportContacts(first: 5) { totalCount nodes {
                              externalId name email otherEmails phone mobile language isActive
                              createdAt customer { email } } } } }
                        """)
                .execute()
                .path("")
                .matchesJson(
                        """
                        {"customers": {"totalCount": 231}, "customer": {
                          "displayName": "Layla Haddad", "email": "layla@example.com",
                          "phone": "+966501112223", "stats": {"totalTickets": 1},
                          "supportContacts": {"totalCount": 1, "nodes": [{
                            "externalId": "501", "name": "Layla Haddad",
                            "email": "layla@example.com", "otherEmails": ["layla.h@example.com"],
                            "phone": "+966501112223", "mobile": "+966 50 111 2223",
                            "language": "ar", "isActive": true,
                            "createdAt": "2026-01-01T08:00:00Z",
                            "customer": {"email": "layla@example.com"}}]}}}
                        """);
    }

    @Test
    void a_later_pass_reads_the_contacts_that_changed_since() {
        HELPDESK.knows(1, SPRING, "\"name\": \"Old\"");
        HELPDESK.knows(2, SPRING, "\"name\": \"Same\"");
        HELPDESK.knows(3, SPRING, "\"id\": null, \"name\": \"No id\"");
        Provider helpdesk = connected();
        work();
        sync(helpdesk, ".syncs[0]")
                .matchesJson(
                        """
                        {"resource": "contacts", "records": 3, "rejected": 1, "problem": null}
                        """);
        HELPDESK.knows(
                1, Instant.now(), "\"name\": \"New\", \"other_emails\": 7, \"active\": \"yes\"");

        waitIsOver();
        work();

        List<String> since = HELPDESK.askedForContacts("_updated_since");
        assertThat(since).hasSize(2).startsWith("");
        assertThat(Instant.parse(since.getLast())).isAfter(Instant.now().minusSeconds(1_200));
        sync(helpdesk, ".syncs[0]").matchesJson("{\"records\": 1, \"rejected\": 0}");
        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForList(
                                        "SELECT name || ' ' || is_active FROM support_contacts"
                                                + " WHERE tenant_id = ? ORDER BY external_id",
                                        String.class,
                                        tenant.value()))
                .containsExactly("New false", "Same false");
    }

    @Test
    void a_webhook_that_was_newer_is_not_overwritten_by_a_page() {
        Provider helpdesk = connected();
        HELPDESK.has(1, SPRING, "Newer", LAYLA);
        work();
        HELPDESK.has(1, SPRING.minusSeconds(60), "Older", LAYLA);

        request(tenant, helpdesk, true).path("syncIntegration.userErrors").matchesJson("[]");
        work();

        assertThat(subjects()).containsExactly("Newer");
    }

    @Test
    void nobody_elses_connection_is_read() {
        Provider helpdesk = connected();
        work();
        TenantId rival = TestDatabase.shared().newTenant();

        request(rival, helpdesk, true)
                .path("syncIntegration")
                .matchesJson(
                        """
                        {"connection": null, "userErrors": [{"code": "NOT_FOUND", "field": ["input", "id"]}]}
                        """);
        histories.work().contextWrite(TenantContext.of(rival)).block();

        sync(helpdesk, ".syncs[1].coveredUntil").entity(Instant.class);
        assertThat(HELPDESK.asked("page")).hasSize(1);
    }

    @Test
    void a_provider_that_only_delivers_is_not_read() {
        Provider payments =
                Provider.connected(
                        port,
                        tenant,
                        "moyasar",
                        Map.of("secret_key", "sk_test_0123456789abcdefghijklmnop"));

        request(tenant, payments, false)
                .path("syncIntegration.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("BLOCKED");
    }
}
