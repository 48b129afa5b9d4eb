package io.customergraph.provider.check;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;

import io.customergraph.application.CustomerGraphTest;
import io.customergraph.customer.UserError;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionOutcome;
import io.customergraph.integration.ConnectionWrites;
import io.customergraph.integration.GivenField;
import io.customergraph.integration.IntegrationProvider;
import io.customergraph.integration.ProviderCatalogue;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import reactor.util.context.Context;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Each check against a double that answers as the provider does, to a good key and to a bad one.
 */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class ProviderChecksTest {

    private static final WireMockServer PROVIDER = new WireMockServer(0);
    private static final String HEX = "0123456789abcdef0123456789abcdef";

    @Autowired private List<ProviderCheck> checks;
    @Autowired private ProviderCatalogue catalogue;
    @Autowired private ConnectionWrites writes;
    @Autowired private ConnectionAccess access;
    @Autowired private ConnectionCheck check;

    private final Context caller =
            TenantContext.of(
                    new Caller(
                            TestDatabase.shared().newTenant(),
                            "key:test",
                            Set.of(Scope.INTEGRATIONS_WRITE)));

    @DynamicPropertySource
    static void all_providers_are_here(DynamicPropertyRegistry properties) {
        PROVIDER.start();
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.max-attempts", () -> "1");
        for (IntegrationProvider provider : ProviderCatalogue.shipped().all()) {
            properties.add(
                    "customergraph.integrations.base-urls." + provider.provider(),
                    PROVIDER::baseUrl);
        }
    }

    @Test
    void a_data_file_says_that_it_has_a_test_call_where_there_is_a_class_and_nowhere_else() {
        assertThat(checks.stream().map(ProviderCheck::provider))
                .containsExactlyInAnyOrderElementsOf(
                        catalogue.all().stream()
                                .filter(IntegrationProvider::hasTestCall)
                                .map(IntegrationProvider::provider)
                                .toList());
    }

    /** How a provider answers a good key, and how a bad one. */
    record ProviderDouble(
            String provider,
            Map<String, String> fields,
            MappingBuilder good,
            int goodStatus,
            String goodBody,
            int badStatus,
            String badBody) {

        @Override
        public String toString() {
            return provider;
        }
    }

    private static String basic(String credentials) {
        return "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static MappingBuilder asked(String method, String url) {
        return request(method, urlEqualTo(url));
    }

    static List<ProviderDouble> doubles() {
        String none = "00000000-0000-0000-0000-000000000000";
        return List.of(
                new ProviderDouble(
                        "shopify",
                        Map.of("shop", "acme", "access_token", "shpat_" + HEX),
                        asked("POST", "/admin/api/2026-07/graphql.json")
                                .withHeader("X-Shopify-Access-Token", equalTo("shpat_" + HEX))
                                .withRequestBody(containing("shop { id }")),
                        200,
                        "{\"data\":{\"shop\":{\"id\":\"gid://shopify/Shop/1\"}}}",
                        401,
                        "{\"errors\":\"[API] Invalid API key or access token\"}"),
                new ProviderDouble(
                        "freshdesk",
                        Map.of("domain", "acme", "api_key", HEX),
                        asked("GET", "/api/v2/agents/me")
                                .withHeader("Authorization", equalTo(basic(HEX + ":X"))),
                        200,
                        "{\"id\":1}",
                        401,
                        "{\"code\":\"invalid_credentials\"}"),
                new ProviderDouble(
                        "tap",
                        Map.of("secret_key", "sk_test_" + HEX),
                        asked("GET", "/v2/charges/chg_none")
                                .withHeader("Authorization", equalTo("Bearer sk_test_" + HEX)),
                        404,
                        "{\"errors\":[{\"code\":\"1143\"}]}",
                        401,
                        "{\"errors\":[{\"code\":\"2104\"}]}"),
                new ProviderDouble(
                        "paymob",
                        Map.of("region", "ksa.paymob.com", "api_key", HEX, "hmac_secret", HEX),
                        asked("POST", "/api/auth/tokens")
                                .withRequestBody(containing("{\"api_key\":\"" + HEX + "\"}")),
                        201,
                        "{\"token\":\"t\"}",
                        403,
                        "{\"detail\":\"incorrect credentials\"}"),
                new ProviderDouble(
                        "tabby",
                        Map.of("secret_key", "sk_" + HEX, "merchant_code", "shop"),
                        asked("GET", "/api/v2/payments/" + none)
                                .withHeader("Authorization", equalTo("Bearer sk_" + HEX))
                                .withHeader("X-Merchant-Code", equalTo("shop")),
                        404,
                        "{\"status\":\"error\"}",
                        401,
                        "{\"status\":\"error\"}"),
                new ProviderDouble(
                        "tamara",
                        Map.of("api", "api.tamara.co", "api_token", HEX, "notification_token", HEX),
                        asked("GET", "/webhooks/" + none)
                                .withHeader("Authorization", equalTo("Bearer " + HEX)),
                        404,
                        "{\"message\":\"not found\"}",
                        401,
                        "{\"message\":\"Unauthorized\"}"),
                new ProviderDouble(
                        "moyasar",
                        Map.of("secret_key", "sk_test_" + HEX),
                        asked("GET", "/v1/payments?page=1")
                                .withHeader(
                                        "Authorization", equalTo(basic("sk_test_" + HEX + ":"))),
                        200,
                        "{\"payments\":[]}",
                        401,
                        "{\"type\":\"authentication_error\"}"),
                new ProviderDouble(
                        "paytabs",
                        Map.of(
                                "region",
                                "secure.paytabs.sa",
                                "profile_id",
                                "123456789012",
                                "server_key",
                                "SJJN-ABCD-EFGH-IJKL"),
                        asked("POST", "/payment/query")
                                .withHeader("authorization", equalTo("SJJN-ABCD-EFGH-IJKL"))
                                .withRequestBody(containing("\"profile_id\":123456789012")),
                        400,
                        "{\"code\": 113, \"message\": \"Transaction not found\"}",
                        200,
                        "{\"code\": 1, \"message\": \"Authentication failed\"}"),
                new ProviderDouble(
                        "xendit",
                        Map.of("secret_key", "xnd_development_" + HEX),
                        asked("GET", "/balance")
                                .withHeader(
                                        "Authorization",
                                        equalTo(basic("xnd_development_" + HEX + ":"))),
                        200,
                        "{\"balance\":1}",
                        401,
                        "{\"error_code\":\"INVALID_API_KEY\"}"),
                new ProviderDouble(
                        "twilio",
                        Map.of("account_sid", "AC" + HEX, "auth_token", HEX),
                        asked("GET", "/2010-04-01/Accounts/AC" + HEX + ".json")
                                .withHeader(
                                        "Authorization", equalTo(basic("AC" + HEX + ":" + HEX))),
                        200,
                        "{\"status\":\"active\"}",
                        401,
                        "{\"code\":20003}"),
                new ProviderDouble(
                        "github",
                        Map.of("owner", "acme", "access_token", "ghp_" + HEX),
                        asked("GET", "/rate_limit")
                                .withHeader("Authorization", equalTo("Bearer ghp_" + HEX)),
                        200,
                        "{\"resources\":{}}",
                        401,
                        "{\"message\":\"Bad credentials\"}"),
                new ProviderDouble(
                        "meta_whatsapp",
                        Map.of("waba_id", "1234567", "access_token", HEX, "app_secret", HEX),
                        asked("GET", "/v23.0/1234567?fields=id")
                                .withHeader("Authorization", equalTo("Bearer " + HEX)),
                        200,
                        "{\"id\":\"1234567\"}",
                        400,
                        "{\"error\":{\"message\":\"Invalid\",\"code\":190}}"),
                new ProviderDouble(
                        "dialog_360",
                        Map.of("phone_number_id", "1234567", "api_key", HEX),
                        asked("GET", "/v1/configs/webhook")
                                .withHeader("D360-API-KEY", equalTo(HEX)),
                        200,
                        "{\"url\":\"https://a.example\"}",
                        401,
                        "{}"),
                new ProviderDouble(
                        "infobip",
                        Map.of("base_host", "abc12", "api_key", HEX),
                        asked("GET", "/account/1/balance")
                                .withHeader("Authorization", equalTo("App " + HEX)),
                        200,
                        "{\"balance\":1}",
                        401,
                        "{\"requestError\":{}}"),
                new ProviderDouble(
                        "unifonic",
                        Map.of("app_sid", HEX),
                        asked("POST", "/rest/Account/GetBalance")
                                .withRequestBody(equalTo("AppSid=" + HEX)),
                        200,
                        "{\"success\":\"true\"}",
                        200,
                        "{\"success\":\"false\",\"errorCode\":\"ER-01\"}"),
                new ProviderDouble(
                        "supabase",
                        Map.of("project", "abcdefghijklmnopqrst", "service_key", HEX),
                        asked("GET", "/auth/v1/settings")
                                .withHeader("apikey", equalTo(HEX))
                                .withHeader("Authorization", equalTo("Bearer " + HEX)),
                        200,
                        "{\"external\":{}}",
                        401,
                        "{\"message\":\"Invalid API key\"}"));
    }

    @ParameterizedTest
    @MethodSource("doubles")
    void a_good_key_works_a_bad_one_is_told_and_a_fault_is_not_mistaken_for_one(
            ProviderDouble one) {
        UUID connection = connect(one);
        PROVIDER.resetAll();
        PROVIDER.stubFor(
                any(anyUrl())
                        .atPriority(10)
                        .willReturn(aResponse().withStatus(one.badStatus).withBody(one.badBody)));
        assertThat(run(connection).problem()).isEqualTo("unauthorized");

        PROVIDER.stubFor(
                one.good
                        .atPriority(1)
                        .willReturn(
                                aResponse()
                                        .withStatus(one.goodStatus)
                                        .withHeader("Content-Type", "application/json")
                                        .withBody(one.goodBody)));
        assertThat(run(connection).works()).isTrue();

        PROVIDER.resetAll();
        PROVIDER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
        assertThat(run(connection).problem()).isEqualTo("provider_error");
    }

    @Test
    void every_provider_with_a_test_call_has_a_double() {
        assertThat(doubles().stream().map(ProviderDouble::provider))
                .containsExactlyInAnyOrderElementsOf(
                        checks.stream().map(ProviderCheck::provider).toList());
    }

    private UUID connect(ProviderDouble one) {
        List<GivenField> fields = new ArrayList<>();
        one.fields.forEach((name, value) -> fields.add(new GivenField(name, value)));
        ConnectionOutcome outcome =
                Objects.requireNonNull(
                        writes.connect(one.provider, null, "development", fields)
                                .contextWrite(caller)
                                .block());
        return switch (outcome) {
            case ConnectionOutcome.Done(UUID id) -> id;
            case ConnectionOutcome.Refused(List<UserError> errors) ->
                    throw new AssertionError(errors);
        };
    }

    private CheckResult run(UUID connection) {
        return Objects.requireNonNull(
                access.open(connection).flatMap(check::run).contextWrite(caller).block());
    }
}
