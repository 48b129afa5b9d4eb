package io.customergraph.application;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;

import io.customergraph.config.StatementLog;
import io.customergraph.secret.ConnectionSecrets;
import io.customergraph.secret.Secret;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.DatabaseDump;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@CustomerGraphTest
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class IntegrationsTest {

    private static final String KEY = "freshdeskKey1234567890";
    private static final String HOOK = "a-shared-webhook-value-1";

    private static final String CONNECTION =
            """
            connection { id name environment account status health healthProblem version
              settings { name value }
              credentials { field lastFour validUntil } }
            userErrors { code field message }
            """;

    private static final String CONNECT =
            "mutation ($input: ConnectIntegrationInput!) { done: connectIntegration(input: $input)"
                    + " { "
                    + CONNECTION
                    + " } }";

    private static final WireMockServer PROVIDER = new WireMockServer(0);

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private ConnectionSecrets secrets;
    @Autowired private StatementLog log;

    @DynamicPropertySource
    static void freshdesk_is_here(DynamicPropertyRegistry properties) {
        PROVIDER.start();
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.log-interval", () -> "50ms");
        properties.add("customergraph.integrations.base-urls.freshdesk", PROVIDER::baseUrl);
    }

    @BeforeEach
    void forget_what_was_asked() {
        PROVIDER.resetAll();
    }

    private HttpGraphQlTester partner() {
        return TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE);
    }

    private Response change(String mutation, String type, Map<String, Object> input) {
        return partner()
                .document(
                        "mutation ($input: %s!) { done: %s(input: $input) { %s } }"
                                .formatted(type, mutation, CONNECTION))
                .variable("input", input)
                .execute();
    }

    private Response connect(Map<String, Object> input) {
        return partner().document(CONNECT).variable("input", input).execute();
    }

    private static Map<String, String> field(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    private String connected() {
        return connect(
                        Map.of(
                                "provider",
                                "freshdesk",
                                "fields",
                                List.of(
                                        field("domain", " https://Acme.freshdesk.com/a/tickets "),
                                        field("api_key", KEY),
                                        field("webhook_secret", HOOK))))
                .path("done.connection.id")
                .entity(String.class)
                .get();
    }

    @Test
    void a_provider_is_found_with_the_form_that_connects_it() {
        partner()
                .document(
                        """
                        { integrationProviders(first: 2, filter: {country: "kw", capability: KNET}) {
                            totalCount
                            nodes { provider name category isMena primaryLocale hasTestCall
                                    webhookScheme isOAuth
                                    form { name type isSecret isRequired options { value } } } } }
                        """)
                .execute()
                .path("integrationProviders")
                .matchesJson(
                        """
                        {"totalCount": 2, "nodes": [
                          {"provider": "paytabs", "name": "PayTabs", "category": "PAYMENT",
                           "isMena": true, "primaryLocale": "ar", "hasTestCall": true,
                           "webhookScheme": "PAYTABS_HMAC", "isOAuth": false},
                          {"provider": "tap", "name": "Tap Payments", "category": "PAYMENT",
                           "isMena": true, "primaryLocale": "ar", "hasTestCall": true,
                           "webhookScheme": "TAP_HASHSTRING", "isOAuth": false,
                           "form": [
                             {"name": "secret_key", "type": "SECRET", "isSecret": true,
                              "isRequired": true, "options": []},
                             {"name": "merchant_id", "type": "TEXT", "isSecret": false,
                              "isRequired": false, "options": []}]}]}
                        """);
    }

    @Test
    void pages_of_providers_meet_without_a_gap_in_both_directions() {
        List<String> forward = new ArrayList<>();
        String cursor = "";
        for (boolean more = true; more; ) {
            Response page =
                    partner()
                            .document(
                                    "query ($after: String) { integrationProviders(first: 4, after:"
                                            + " $after) { nodes { provider } pageInfo { hasNextPage"
                                            + " endCursor } } }")
                            .variable("after", cursor.isEmpty() ? null : cursor)
                            .execute();
            forward.addAll(
                    page.path("integrationProviders.nodes[*].provider")
                            .entityList(String.class)
                            .get());
            more =
                    page.path("integrationProviders.pageInfo.hasNextPage")
                            .entity(Boolean.class)
                            .get();
            cursor =
                    page.path("integrationProviders.pageInfo.endCursor").entity(String.class).get();
        }
        assertThat(forward).hasSize(22).doesNotHaveDuplicates().startsWith("moyasar", "paytabs");
        partner()
                .document(
                        "query ($b: String) { integrationProviders(last: 3, before: $b) { nodes {"
                                + " provider } } }")
                .variable("b", cursor)
                .execute()
                .path("integrationProviders.nodes[*].provider")
                .entityList(String.class)
                .isEqualTo(forward.subList(18, 21));
    }

    @Test
    void an_account_is_connected_and_shows_no_secret() {
        String id = connected();

        Response read =
                partner()
                        .document(
                                "{ integrationConnections(filter: {provider: \"freshdesk\","
                                        + " status: ACTIVE}) { totalCount nodes { provider {"
                                        + " provider } "
                                        + CONNECTION.substring(
                                                CONNECTION.indexOf('{') + 1,
                                                CONNECTION.indexOf("userErrors") - 3)
                                        + " } } }")
                        .execute();
        read.path("integrationConnections")
                .matchesJson(
                        """
                        {"totalCount": 1, "nodes": [
                          {"provider": {"provider": "freshdesk"}, "name": "Freshdesk",
                           "environment": "PRODUCTION", "account": "acme.freshdesk.com",
                           "status": "ACTIVE", "health": "UNKNOWN", "version": 1,
                           "settings": [{"name": "domain", "value": "acme.freshdesk.com"}],
                           "credentials": [
                             {"field": "api_key", "lastFour": "7890", "validUntil": null},
                             {"field": "webhook_secret", "lastFour": "ue-1"}]}]}
                        """);
        read.path("integrationConnections.nodes[0].id").entity(String.class).isEqualTo(id);
        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForObject(
                                        "SELECT action || ' ' || detail FROM audit_log WHERE"
                                                + " tenant_id = ?",
                                        String.class,
                                        tenant.value()))
                .isEqualTo(
                        "connectIntegration {\"fields\": [\"api_key\", \"domain\","
                                + " \"webhook_secret\"]}");
    }

    @Test
    void a_merchants_integrations_are_its_connections_without_keys() {
        connected();

        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForList(
                                        "SELECT to_jsonb(m) - 'id' - 'created_at' - 'updated_at'"
                                                + " - 'tenant_id' - 'merchant_id' FROM"
                                                + " merchant_integrations m WHERE merchant_id = ?",
                                        String.class,
                                        tenant.value()))
                .containsExactly(
                        "{\"config\": {\"domain\": \"acme.freshdesk.com\"}, \"account\":"
                                + " \"acme.freshdesk.com\", \"is_active\": true, \"source_type\":"
                                + " \"freshdesk\"}");
    }

    @Test
    void a_form_that_is_filled_in_wrongly_is_refused_field_by_field() {
        connect(
                        Map.of(
                                "provider",
                                "freshdesk",
                                "fields",
                                List.of(
                                        field("domain", "evil.example/acme.freshdesk.com"),
                                        field("color", "red"),
                                        field("webhook_secret", "short"),
                                        field("webhook_secret", HOOK))))
                .path("done.userErrors[*]['code', 'field']")
                .matchesJson(
                        """
                        [{"code": "INVALID", "field": ["input", "fields", "domain"]},
                         {"code": "INVALID", "field": ["input", "fields", "color"]},
                         {"code": "INVALID", "field": ["input", "fields", "webhook_secret"]},
                         {"code": "INVALID", "field": ["input", "fields", "webhook_secret"]},
                         {"code": "REQUIRED", "field": ["input", "fields", "api_key"]}]
                        """);
        connect(Map.of("provider", "nobody", "fields", List.of()))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("NOT_FOUND");
        connect(
                        Map.of(
                                "provider",
                                "tamara",
                                "fields",
                                List.of(
                                        field("api", "169.254.169.254"),
                                        field("api_token", "abcdefghijklmnopqrst"),
                                        field("notification_token", "abcdefghijkl"))))
                .path("done.userErrors[0].message")
                .entity(String.class)
                .isEqualTo("One of api.tamara.co, api-sandbox.tamara.co");
        connect(
                        Map.of(
                                "provider",
                                "custom",
                                "fields",
                                List.of(field("source", "booking"), field("region", "ZZ"))))
                .path("done.userErrors[*]['code', 'field']")
                .matchesJson(
                        """
                        [{"code": "INVALID", "field": ["input", "fields", "region"]}]
                        """);
    }

    @Test
    void a_shop_without_a_token_waits_for_consent_and_a_given_token_ends_the_wait() {
        Response shop =
                connect(
                        Map.of(
                                "provider",
                                "shopify",
                                "environment",
                                "STAGING",
                                "fields",
                                List.of(field("shop", "Acme"))));
        shop.path("done.connection.status").entity(String.class).isEqualTo("PENDING");
        shop.path("done.connection.account").entity(String.class).isEqualTo("acme.myshopify.com");
        String id = shop.path("done.connection.id").entity(String.class).get();
        test(id).path("done.userErrors[0].code").entity(String.class).isEqualTo("BLOCKED");

        change(
                        "rotateIntegrationCredentials",
                        "RotateIntegrationCredentialsInput",
                        Map.of(
                                "id",
                                id,
                                "fields",
                                List.of(field("access_token", "shpat_0123456789abcdef0123"))))
                .path("done.connection.status")
                .entity(String.class)
                .isEqualTo("ACTIVE");
    }

    @Test
    void a_connection_is_changed_at_the_version_that_was_read_only() {
        String id = connected();
        change(
                        "updateIntegration",
                        "UpdateIntegrationInput",
                        Map.of("id", id, "expectedVersion", 1, "name", "Help", "isPaused", true))
                .path("done.connection['name', 'status', 'version']")
                .matchesJson("{\"name\": \"Help\", \"status\": \"PAUSED\", \"version\": 2}");
        change(
                        "updateIntegration",
                        "UpdateIntegrationInput",
                        Map.of("id", id, "expectedVersion", 1, "name", "Other"))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("VERSION_CONFLICT");
        change(
                        "updateIntegration",
                        "UpdateIntegrationInput",
                        Map.of(
                                "id",
                                id,
                                "name",
                                " ",
                                "fields",
                                List.of(field("domain", "other"), field("api_key", "x"))))
                .path("done.userErrors[*].field[-1:]")
                .entityList(String.class)
                .containsExactly("name", "domain", "api_key");
    }

    private Map<String, List<Secret>> stored(String id) {
        return secrets.valid(IntegrationIds.of(id))
                .contextWrite(TenantContext.of(tenant))
                .blockOptional()
                .orElseThrow();
    }

    @Test
    void an_old_secret_stays_good_beside_the_new_one_as_long_as_it_is_kept() {
        String id = connected();
        String hook = "a-shared-webhook-value-2";
        change(
                        "rotateIntegrationCredentials",
                        "RotateIntegrationCredentialsInput",
                        Map.of(
                                "id",
                                id,
                                "keepOldFor",
                                "PT24H",
                                "fields",
                                List.of(field("webhook_secret", hook))))
                .path("done.connection.credentials[*].lastFour")
                .entityList(String.class)
                .containsExactly("7890", "ue-2", "ue-1");
        assertThat(stored(id).get("webhook_secret"))
                .containsExactly(Secret.of(hook), Secret.of(HOOK));

        TestDatabase.shared()
                .owner()
                .update(
                        "UPDATE integration_secrets SET valid_until = now() WHERE tenant_id = ? AND"
                                + " valid_until IS NOT NULL",
                        tenant.value());

        assertThat(stored(id).get("webhook_secret")).containsExactly(Secret.of(hook));
        change(
                        "rotateIntegrationCredentials",
                        "RotateIntegrationCredentialsInput",
                        Map.of(
                                "id",
                                id,
                                "keepOldFor",
                                "P8D",
                                "fields",
                                List.of(field("webhook_secret", hook))))
                .path("done.userErrors[0].field[1]")
                .entity(String.class)
                .isEqualTo("keepOldFor");
    }

    /**
     * Whoever learnt the one before the last would otherwise have it for as long as that was kept.
     */
    @Test
    void a_secret_that_is_replaced_at_once_ends_those_before_it_too() {
        String id = connected();
        for (List<String> one :
                List.of(
                        List.of("a-shared-webhook-value-2", "P7D"),
                        List.of("a-shared-webhook-value-3", "PT0S"))) {
            change(
                            "rotateIntegrationCredentials",
                            "RotateIntegrationCredentialsInput",
                            Map.of(
                                    "id",
                                    id,
                                    "keepOldFor",
                                    one.getLast(),
                                    "fields",
                                    List.of(field("webhook_secret", one.getFirst()))))
                    .path("done.userErrors")
                    .entityList(Object.class)
                    .hasSize(0);
        }

        assertThat(stored(id).get("webhook_secret"))
                .containsExactly(Secret.of("a-shared-webhook-value-3"));
    }

    @Test
    void what_is_disconnected_has_no_secret_and_cannot_be_tested() {
        String id = connected();
        change("disconnectIntegration", "DisconnectIntegrationInput", Map.of("id", id))
                .path("done.connection['status', 'credentials']")
                .matchesJson("{\"status\": \"DISCONNECTED\", \"credentials\": []}");

        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForObject(
                                        "SELECT count(*) FROM integration_secrets WHERE tenant_id ="
                                                + " ?",
                                        Long.class,
                                        tenant.value()))
                .isZero();
        test(id).path("done.userErrors[0].code").entity(String.class).isEqualTo("NOT_FOUND");
    }

    private Response test(String id) {
        return partner()
                .document(
                        """
                        mutation ($id: ID!) { done: testIntegration(input: {id: $id}) {
                            works problem
                            connection { health healthProblem version lastSuccessAt }
                            userErrors { code } } }
                        """)
                .variable("id", id)
                .execute();
    }

    private void expect(String id, boolean works, String health) {
        Response tested = test(id);
        tested.path("done.works").entity(Boolean.class).isEqualTo(works);
        tested.path("done.connection.health").entity(String.class).isEqualTo(health);
    }

    @Test
    void health_degrades_with_failures_and_recovers() {
        String id = connected();
        PROVIDER.stubFor(
                get(urlPathEqualTo("/api/v2/agents/me"))
                        .withBasicAuth(KEY, "X")
                        .willReturn(okJson("{\"id\": 1, \"contact\": {\"name\": \"Agent\"}}")));
        expect(id, true, "HEALTHY");

        PROVIDER.stubFor(
                any(anyUrl())
                        .willReturn(
                                aResponse()
                                        .withStatus(401)
                                        .withBody("{\"code\":\"invalid_credentials\"}")));
        expect(id, false, "DEGRADED");
        expect(id, false, "DEGRADED");
        expect(id, false, "FAILING");
        test(id).path("done.problem").entity(String.class).isEqualTo("unauthorized");

        PROVIDER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        expect(id, true, "DEGRADED");
        expect(id, true, "HEALTHY");
        test(id).path("done.connection.version").entity(Integer.class).isEqualTo(1);
    }

    @Test
    void a_call_is_written_down_and_counted_without_a_secret() throws InterruptedException {
        String id = connected();
        PROVIDER.stubFor(
                get(urlPathEqualTo("/api/v2/agents/me"))
                        .inScenario("busy")
                        .whenScenarioStateIs("Started")
                        .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "0"))
                        .willSetStateTo("better"));
        PROVIDER.stubFor(
                get(urlPathEqualTo("/api/v2/agents/me"))
                        .inScenario("busy")
                        .whenScenarioStateIs("better")
                        .withHeader("Accept", equalTo("application/json"))
                        .willReturn(okJson("{}")));
        expect(id, true, "HEALTHY");

        List<String> calls = List.of();
        for (int tries = 0; tries < 100 && calls.size() < 2; tries++) {
            Thread.sleep(50);
            calls =
                    TestDatabase.shared()
                            .owner()
                            .queryForList(
                                    "SELECT method || ' ' || host || path || ' ' || status || ' '"
                                        + " || attempt FROM integration_api_logs WHERE tenant_id ="
                                        + " ? ORDER BY attempt",
                                    String.class,
                                    tenant.value());
        }
        assertThat(calls)
                .containsExactly(
                        "GET localhost/api/v2/agents/me 503 1",
                        "GET localhost/api/v2/agents/me 200 2");
        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForMap(
                                        "SELECT metric, sum(count)::int AS n, sum(failures)::int AS"
                                                + " f FROM integration_metrics_hourly WHERE"
                                                + " tenant_id = ? GROUP BY 1",
                                        tenant.value()))
                .containsEntry("metric", "api_call")
                .containsEntry("n", 2)
                .containsEntry("f", 1);
    }

    @Test
    void no_answer_no_log_line_and_no_dump_of_the_database_holds_a_secret(CapturedOutput output) {
        PROVIDER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
        String id = connected();
        Response wrong =
                connect(
                        Map.of(
                                "provider",
                                "tap",
                                "fields",
                                List.of(field("secret_key", "not-a-tap-key-but-secret"))));
        String said =
                test(id).path("done").entity(Object.class).get().toString()
                        + wrong.path("done").entity(Object.class).get()
                        + output;

        assertThat(said)
                .doesNotContain(KEY)
                .doesNotContain(HOOK)
                .doesNotContain("not-a-tap-key-but-secret");
        assertThat(DatabaseDump.ofTenant(tenant))
                .contains("acme.freshdesk.com")
                .doesNotContain(KEY)
                .doesNotContain(HOOK)
                .doesNotContain("not-a-tap-key-but-secret");
    }

    @Test
    void a_list_asks_once_however_many_connections_there_are() {
        connected();
        int few = statementsOfAList();
        for (int i = 0; i < 5; i++) {
            connected();
        }

        assertThat(few).as("connections, providers, credentials").isEqualTo(3);
        assertThat(statementsOfAList()).isEqualTo(few);
    }

    /** Calls of other tests may be written down meanwhile. */
    private int statementsOfAList() {
        return (int)
                log
                        .during(
                                () ->
                                        partner()
                                                .document(
                                                        "{ integrationConnections(first: 10) {"
                                                                + " nodes { provider { name }"
                                                                + " credentials { field } } } }")
                                                .execute()
                                                .path(
                                                        "integrationConnections.nodes[0].provider.name")
                                                .entity(String.class)
                                                .isEqualTo("Freshdesk"))
                        .stream()
                        .filter(sql -> !sql.contains("integration_api_logs"))
                        .count();
    }

    @Test
    void a_connection_is_its_tenants_own_and_needs_the_scope() {
        String id = connected();
        HttpGraphQlTester rival =
                TestKeys.client(
                        port,
                        TestDatabase.shared().newTenant(),
                        Scope.CUSTOMERS_READ,
                        Scope.INTEGRATIONS_READ,
                        Scope.INTEGRATIONS_WRITE);
        rival.document("query ($id: ID!) { node(id: $id) { id } }")
                .variable("id", id)
                .execute()
                .path("node")
                .valueIsNull();
        rival.document(
                        "mutation ($id: ID!) { done: disconnectIntegration(input: {id: $id}) {"
                                + " userErrors { code } } }")
                .variable("id", id)
                .execute()
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("NOT_FOUND");
        TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ)
                .document(CONNECT)
                .variable("input", Map.of("provider", "tap", "fields", List.of()))
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors.toString()).contains("integrations:write"));
    }
}
