package io.customergraph.application;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;

import io.customergraph.integration.ConnectionAuthorizations;
import io.customergraph.oauth.TokenRefresh;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriComponentsBuilder;

import reactor.core.publisher.Flux;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

@CustomerGraphTest
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class AuthorizationTest {

    private static final String CLIENT_SECRET = "hush_0123456789abcdef";
    private static final String TOKEN = "shpat_0123456789abcdef0123456789abcdef";
    private static final String RETURN = "https://app.example.com/done";
    private static final String TOKENS = "/admin/oauth/access_token";
    private static final String META_TOKENS = "/v23.0/oauth/access_token";

    private static final WireMockServer PROVIDER = new WireMockServer(0);

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private ConnectionSecrets secrets;
    @Autowired private ConnectionAuthorizations authorizations;
    @Autowired private TokenRefresh refresh;

    @DynamicPropertySource
    static void the_platform_has_apps(DynamicPropertyRegistry properties) {
        PROVIDER.start();
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.max-attempts", () -> "1");
        properties.add("customergraph.integrations.base-urls.shopify", PROVIDER::baseUrl);
        properties.add("customergraph.integrations.base-urls.meta_whatsapp", PROVIDER::baseUrl);
        properties.add("customergraph.oauth.return-urls[0]", () -> RETURN);
        for (String app : List.of("shopify", "meta_whatsapp")) {
            String key = "customergraph.oauth.apps." + app;
            properties.add(key + ".client-id", () -> "0123456789abcdef0123456789abcdef");
            properties.add(key + ".client-secret", () -> CLIENT_SECRET);
        }
    }

    @BeforeEach
    void forget_what_was_asked() {
        PROVIDER.resetAll();
        PROVIDER.stubFor(
                post(urlPathEqualTo(TOKENS))
                        .withRequestBody(containing("client_secret=" + CLIENT_SECRET))
                        .withRequestBody(containing("code=good"))
                        .willReturn(
                                okJson(
                                        "{\"access_token\": \"%s\", \"scope\": \"read_orders,read_customers\"}"
                                                .formatted(TOKEN))));
    }

    private Response start(Map<String, Object> input) {
        return start(tenant, input);
    }

    private Response start(TenantId of, Map<String, Object> input) {
        return TestKeys.client(port, of, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE)
                .document(
                        """
                        mutation ($input: StartIntegrationAuthorizationInput!) {
                          done: startIntegrationAuthorization(input: $input) {
                            authorizationUrl connection { id account status }
                            userErrors { code field message } } }
                        """)
                .variable("input", input)
                .execute();
    }

    private Map<String, String> query(Response begun) {
        String url = begun.path("done.authorizationUrl").entity(String.class).get();
        return UriComponentsBuilder.fromUriString(url).build().getQueryParams().toSingleValueMap();
    }

    private String stateOf(Response begun) {
        return Objects.requireNonNull(query(begun).get("state"));
    }

    private Response startShop() {
        return start(Map.of("provider", "shopify", "shop", "Acme", "returnUrl", RETURN));
    }

    private EntityExchangeResult<byte[]> callback(String provider, Map<String, String> parameters) {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .get()
                .uri(
                        builder -> {
                            builder.path("/oauth/callback/" + provider);
                            parameters.forEach(
                                    (name, value) -> builder.queryParam(name, "{" + name + "}"));
                            return builder.build(parameters);
                        })
                .exchange()
                .expectBody()
                .returnResult();
    }

    private static Map<String, String> signed(String state, String shop) {
        return signed(state, shop, "good");
    }

    private static Map<String, String> signed(String state, String shop, String code) {
        Map<String, String> answer = new TreeMap<>();
        answer.put("code", code);
        answer.put("host", "YWRtaW4/x=");
        answer.put("shop", shop);
        answer.put("state", state);
        answer.put("timestamp", "1790000000");
        String text =
                answer.entrySet().stream()
                        .map(
                                one ->
                                        one.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        answer.put("hmac", hmac(text));
        return answer;
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            CLIENT_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private Map<String, List<Secret>> stored(UUID connection) {
        return secrets.valid(connection)
                .contextWrite(TenantContext.of(tenant))
                .blockOptional()
                .orElseThrow();
    }

    private static UUID connectionOf(Response begun) {
        return IntegrationIds.of(begun.path("done.connection.id").entity(String.class).get());
    }

    private String status(UUID connection) {
        return Objects.requireNonNull(
                TestDatabase.shared()
                        .owner()
                        .queryForObject(
                                "SELECT status || ' ' || health || ' ' || granted_scopes::text"
                                        + " FROM integration_connections WHERE id = ?",
                                String.class,
                                connection));
    }

    private List<String> audited() {
        return TestDatabase.shared()
                .owner()
                .queryForList(
                        "SELECT action FROM audit_log WHERE tenant_id = ? ORDER BY occurred_at",
                        String.class,
                        tenant.value());
    }

    @Test
    void a_shop_is_connected_by_consent_in_the_browser(CapturedOutput output) {
        Response begun = startShop();
        begun.path("done.connection['account', 'status']")
                .matchesJson("{\"account\": \"acme.myshopify.com\", \"status\": \"PENDING\"}");
        assertThat(begun.path("done.authorizationUrl").entity(String.class).get())
                .startsWith("https://acme.myshopify.com/admin/oauth/authorize?")
                .contains(
                        "redirect_uri=https%3A%2F%2Fapi.example.com%2Foauth%2Fcallback%2Fshopify");
        String state = stateOf(begun);

        EntityExchangeResult<byte[]> answer =
                callback("shopify", signed(state, "acme.myshopify.com"));

        assertThat(answer.getStatus().value()).isEqualTo(303);
        assertThat(answer.getResponseHeaders().getLocation())
                .hasToString(RETURN + "?authorization=connected");
        UUID connection = connectionOf(begun);
        assertThat(status(connection)).isEqualTo("active unknown {read_customers,read_orders}");
        assertThat(stored(connection).get("access_token")).containsExactly(Secret.of(TOKEN));
        assertThat(audited())
                .containsExactly(
                        "connectIntegration",
                        "startIntegrationAuthorization",
                        "authorizeIntegration");
        assertThat(output + DatabaseDump.ofTenant(tenant))
                .doesNotContain(TOKEN, CLIENT_SECRET, state);
    }

    @Test
    void an_answer_that_is_forged_foreign_used_or_expired_gets_one_page_and_changes_nothing() {
        Response begun = startShop();
        String state = stateOf(begun);
        String shop = "acme.myshopify.com";
        Map<String, String> forged = new HashMap<>(signed(state, shop));
        forged.put("code", "other");
        Map<String, String> noShop = signed(state, "acme.example.com");
        Map<String, String> unknown = signed("A".repeat(43), shop);
        Response expired = startShop();
        TestDatabase.shared()
                .owner()
                .update(
                        "UPDATE integration_oauth_states SET created_at = now() - interval '11"
                                + " minutes', expires_at = now() - interval '1 minute' WHERE"
                                + " connection_id = ?",
                        connectionOf(expired));
        String page = pageOf(callback("shopify", forged));

        assertThat(page).contains("unknown, used or too old").doesNotContain("other", state);
        assertThat(pageOf(callback("shopify", noShop))).isEqualTo(page);
        assertThat(pageOf(callback("shopify", unknown))).isEqualTo(page);
        assertThat(pageOf(callback("shopify", signed(stateOf(expired), shop)))).isEqualTo(page);
        assertThat(pageOf(callback("meta_whatsapp", Map.of("state", state, "code", "good"))))
                .isEqualTo(page);
        assertThat(pageOf(callback("nobody", Map.of("state", state, "code", "good"))))
                .isEqualTo(page);
        assertThat(pageOf(callback("shopify", Map.of("state", state)))).isEqualTo(page);
        assertThat(status(connectionOf(begun))).startsWith("pending");
        PROVIDER.verify(0, postRequestedFor(urlPathEqualTo(TOKENS)));

        assertThat(callback("shopify", signed(state, shop)).getStatus().value()).isEqualTo(303);
        assertThat(pageOf(callback("shopify", signed(state, shop)))).isEqualTo(page);
        PROVIDER.verify(1, postRequestedFor(urlPathEqualTo(TOKENS)));
    }

    @Test
    void a_genuine_answer_of_another_shop_is_not_taken_for_this_one() {
        Response begun = startShop();

        assertThat(pageOf(callback("shopify", signed(stateOf(begun), "evil.myshopify.com"))))
                .contains("unknown, used or too old");
        assertThat(status(connectionOf(begun))).startsWith("pending");
    }

    private static String pageOf(EntityExchangeResult<byte[]> answer) {
        assertThat(answer.getStatus().value()).isEqualTo(400);
        assertThat(answer.getResponseHeaders().getFirst("Content-Security-Policy"))
                .startsWith("default-src 'none'");
        return new String(Objects.requireNonNull(answer.getResponseBody()), StandardCharsets.UTF_8);
    }

    @Test
    void a_code_that_the_provider_does_not_take_leaves_the_connection_waiting_and_says_so() {
        PROVIDER.resetAll();
        PROVIDER.stubFor(
                post(urlPathEqualTo(TOKENS))
                        .willReturn(aResponse().withStatus(400).withBody("{\"error\": \"x\"}")));
        Response begun = startShop();

        assertThat(
                        callback("shopify", signed(stateOf(begun), "acme.myshopify.com"))
                                .getResponseHeaders()
                                .getLocation())
                .hasToString(RETURN + "?authorization=failed");
        assertThat(status(connectionOf(begun))).isEqualTo("pending degraded {}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com.evil.com/done",
                "https://evil.com/done",
                "http://app.example.com/done",
                "https://app.example.com@evil.com/done",
                "https://app.example.com/done/../other",
                "https://app.example.com/done/%2e%2e/other",
                "https://app.example.com/done-and-more",
                "https://app.example.com:8443/done",
                "//app.example.com/done",
                "https://app.example.com\\@evil.com/done",
                "javascript:alert(1)",
                "/done"
            })
    void a_browser_is_sent_back_to_an_address_that_is_allowed_only(String url) {
        start(Map.of("provider", "shopify", "shop", "Acme", "returnUrl", url))
                .path("done.userErrors[0].field[1]")
                .entity(String.class)
                .isEqualTo("returnUrl");
        assertThat(audited()).isEmpty();
    }

    @Test
    void another_tenants_connection_is_not_found_and_an_account_is_to_be_named() {
        String ours = startShop().path("done.connection.id").entity(String.class).get();

        start(
                        TestDatabase.shared().newTenant(),
                        Map.of("provider", "shopify", "connectionId", ours))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("NOT_FOUND");
        start(Map.of("provider", "meta_whatsapp", "connectionId", ours))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("NOT_FOUND");
        start(Map.of("provider", "meta_whatsapp"))
                .path("done.userErrors[0].field[1]")
                .entity(String.class)
                .isEqualTo("connectionId");
        start(Map.of("provider", "tap", "shop", "x"))
                .path("done.userErrors[0].field[1]")
                .entity(String.class)
                .isEqualTo("provider");
    }

    private UUID whatsApp() {
        Response begun =
                start(Map.of("provider", "meta_whatsapp", "connectionId", connectedWhatsApp()));
        assertThat(query(begun)).containsEntry("code_challenge_method", "S256");
        assertThat(
                        callback("meta_whatsapp", Map.of("state", stateOf(begun), "code", "fbcode"))
                                .getStatus()
                                .value())
                .isEqualTo(200);
        return connectionOf(begun);
    }

    private String connectedWhatsApp() {
        return connectedWhatsApp("100200300");
    }

    private String connectedWhatsApp(String waba) {
        return TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE)
                .document(
                        """
                        mutation { connectIntegration(input: {provider: "meta_whatsapp", fields: [
                          {name: "waba_id", value: "%s"}]}) { connection { id } } }
                        """
                                .formatted(waba))
                .execute()
                .path("connectIntegration.connection.id")
                .entity(String.class)
                .get();
    }

    private void metaGives(String what, String token, long seconds) {
        PROVIDER.stubFor(
                post(urlPathEqualTo(META_TOKENS))
                        .withRequestBody(containing(what))
                        .willReturn(
                                okJson(
                                        "{\"access_token\": \"%s\", \"token_type\": \"bearer\", \"expires_in\": %d}"
                                                .formatted(token, seconds))));
    }

    private void metaKnowsTheAccount() {
        metaGives("code_verifier=", "short-lived-token-1", 3600);
        metaGives("fb_exchange_token=short-lived-token-1", "long-lived-token-2", 86400);
        PROVIDER.stubFor(
                get(urlPathEqualTo("/v23.0/100200300")).willReturn(okJson("{\"id\": \"1\"}")));
    }

    @Test
    void a_token_of_meta_is_made_long_lived_and_renewed_before_it_ends() {
        metaKnowsTheAccount();
        UUID connection = whatsApp();
        assertThat(stored(connection).get("access_token"))
                .containsExactly(Secret.of("long-lived-token-2"));
        metaGives("fb_exchange_token=long-lived-token-2", "long-lived-token-3", 5_184_000);

        work();
        work();

        assertThat(stored(connection).get("access_token"))
                .containsExactly(Secret.of("long-lived-token-3"));
        assertThat(status(connection)).startsWith("active healthy");
        PROVIDER.verify(
                1,
                postRequestedFor(urlPathEqualTo(META_TOKENS))
                        .withRequestBody(containing("long-lived-token-2")));
    }

    private void work() {
        refresh.work().contextWrite(TenantContext.of(tenant)).block();
    }

    @Test
    void a_renewal_that_fails_waits_and_degrades_the_connection() {
        metaKnowsTheAccount();
        UUID connection = whatsApp();
        PROVIDER.resetAll();
        PROVIDER.stubFor(
                post(urlPathEqualTo(META_TOKENS))
                        .willReturn(
                                aResponse()
                                        .withStatus(400)
                                        .withBody("{\"error\":{\"code\":190}}")));

        work();
        work();

        assertThat(status(connection)).startsWith("active degraded");
        assertThat(stored(connection).get("access_token"))
                .containsExactly(Secret.of("long-lived-token-2"));
        PROVIDER.verify(1, postRequestedFor(urlPathEqualTo(META_TOKENS)));
    }

    @Test
    void of_many_nodes_one_renews_a_token() {
        metaKnowsTheAccount();
        whatsApp();

        List<List<UUID>> claims =
                Flux.range(0, 8)
                        .flatMap(node -> authorizations.claimDue("node " + node))
                        .contextWrite(TenantContext.of(tenant))
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        assertThat(claims.stream().mapToInt(List::size).sum()).isEqualTo(1);
    }

    @Test
    void a_token_of_shopify_that_ends_is_renewed_with_its_refresh_token() {
        String code = "a-code-for-tokens-that-end";
        shopGives("code=" + code, "shpat_first_0123456789abcdef0123", "shprt_first_0123456789");
        shopGives(
                "refresh_token=shprt_first_0123456789",
                "shpat_second_0123456789abcdef012",
                "shprt_second_0123456789");
        Response begun = startShop();
        Map<String, String> answer = signed(stateOf(begun), "acme.myshopify.com", code);
        assertThat(callback("shopify", answer).getStatus().value()).isEqualTo(303);
        UUID connection = connectionOf(begun);
        assertThat(due()).contains(tenant.value());

        work();

        assertThat(stored(connection))
                .containsEntry(
                        "access_token", List.of(Secret.of("shpat_second_0123456789abcdef012")))
                .containsEntry("refresh_token", List.of(Secret.of("shprt_second_0123456789")));
        assertThat(status(connection)).startsWith("active healthy");
    }

    private static void shopGives(String what, String token, String refresh) {
        PROVIDER.stubFor(
                post(urlPathEqualTo(TOKENS))
                        .withRequestBody(containing(what))
                        .willReturn(
                                okJson(
                                        """
                                        {"access_token": "%s", "scope": "read_orders",
                                         "expires_in": 3600, "refresh_token": "%s",
                                         "refresh_token_expires_in": 7776000}
                                        """
                                                .formatted(token, refresh))));
    }

    private static List<String> due() {
        return TestDatabase.shared()
                .owner()
                .queryForList("SELECT tenants_with_due_token_refreshes()", String.class);
    }

    @Test
    void only_tenants_with_a_token_that_ends_within_a_week_are_due_and_not_while_a_node_is_at_it() {
        metaKnowsTheAccount();
        UUID connection = whatsApp();
        assertThat(due()).contains(tenant.value());

        change(
                "UPDATE integration_connections SET status = 'disconnected', disconnected_at ="
                        + " now()");
        assertThat(due()).doesNotContain(tenant.value());
        change("UPDATE integration_connections SET status = 'paused', disconnected_at = NULL");
        assertThat(due()).contains(tenant.value());
        for (String end : List.of("8 days", "-2 days")) {
            change("UPDATE integration_secrets SET expires_at = now() + interval '" + end + "'");
            assertThat(due()).as(end).doesNotContain(tenant.value());
        }
        change("UPDATE integration_secrets SET expires_at = NULL");
        assertThat(due()).doesNotContain(tenant.value());
        change("UPDATE integration_secrets SET expires_at = now() + interval '1 day'");
        assertThat(due()).contains(tenant.value());
        assertThat(authorizations.claimDue("a node").contextWrite(TenantContext.of(tenant)).block())
                .containsExactly(connection);
        assertThat(due()).doesNotContain(tenant.value());
        change(
                "UPDATE integration_connections SET refresh_claimed_until = now() - interval '1"
                        + " second'");
        assertThat(due()).as("the node died").contains(tenant.value());
    }

    private void change(String update) {
        TestDatabase.shared().owner().update(update + " WHERE tenant_id = ?", tenant.value());
    }

    private Response signedUp(String connection, String code) {
        return TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE)
                .document(
                        """
                        mutation ($input: RegisterMetaWhatsAppClientInput!) {
                          done: registerMetaWhatsAppClient(input: $input) {
                            client { wabaId isSubscribed connection { status } }
                            userErrors { code field } } }
                        """)
                .variable("input", Map.of("connectionId", connection, "code", code))
                .execute();
    }

    @Test
    void the_code_of_metas_embedded_sign_up_becomes_the_companys_token(CapturedOutput output) {
        String waba = Long.toString(30_000_000_000L + tenant.hashCode());
        metaGives("code=signup-code-0123456789", "token-of-the-company-0123456789", 5_184_000);
        PROVIDER.stubFor(
                get(urlPathEqualTo("/v23.0/" + waba))
                        .withHeader(
                                "Authorization", equalTo("Bearer token-of-the-company-0123456789"))
                        .willReturn(
                                okJson("{\"id\": \"%s\", \"name\": \"Acme\"}".formatted(waba))));
        PROVIDER.stubFor(
                post(urlPathEqualTo("/v23.0/" + waba + "/subscribed_apps"))
                        .withHeader(
                                "Authorization", equalTo("Bearer token-of-the-company-0123456789"))
                        .willReturn(okJson("{\"success\": true}")));
        String connection = connectedWhatsApp(waba);

        signedUp(connection, "another-code-0123456789")
                .path("done")
                .matchesJson(
                        "{\"client\": null, \"userErrors\": [{\"field\": [\"input\", \"code\"]}]}");
        assertThat(stored(IntegrationIds.of(connection))).isEmpty();
        signedUp(connection, "signup-code-0123456789")
                .path("done")
                .matchesJson(
                        """
                        {"client": {"wabaId": "%s", "isSubscribed": true,
                                    "connection": {"status": "ACTIVE"}}, "userErrors": []}
                        """
                                .formatted(waba));

        assertThat(stored(IntegrationIds.of(connection)).get("access_token"))
                .containsExactly(Secret.of("token-of-the-company-0123456789"));
        PROVIDER.verify(
                1,
                postRequestedFor(urlPathEqualTo(META_TOKENS))
                        .withRequestBody(containing("client_secret=" + CLIENT_SECRET))
                        .withRequestBody(containing("code=signup-code-0123456789")));
        assertThat(output + DatabaseDump.ofTenant(tenant))
                .doesNotContain("token-of-the-company-0123456789", "signup-code-0123456789");
    }
}
