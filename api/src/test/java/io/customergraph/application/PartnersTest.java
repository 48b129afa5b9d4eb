package io.customergraph.application;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;

import io.customergraph.secret.ConnectionSecrets;
import io.customergraph.secret.Secret;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.DatabaseDump;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@CustomerGraphTest
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class PartnersTest {

    private static final String PARTNER_TOKEN = "partner-token-0123456789";
    private static final String COMPANY_TOKEN = "companyaccesstoken0123456789";
    private static final String APP_SECRET = "0123456789abcdef0123456789abcdef";
    private static final String API_KEY = "channel-api-key-0123456789";

    private static final WireMockServer PROVIDER = new WireMockServer(0);

    private final TenantId tenant = TestDatabase.shared().newTenant();
    private final String waba = Long.toString(20_000_000_000L + tenant.hashCode());
    private final String number = "9" + waba;

    @Value("${local.server.port}")
    private int port;

    @Autowired private ConnectionSecrets secrets;

    @DynamicPropertySource
    static void the_providers_are_here(DynamicPropertyRegistry properties) {
        PROVIDER.start();
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.max-attempts", () -> "1");
        properties.add("customergraph.integrations.base-urls.meta_whatsapp", PROVIDER::baseUrl);
        properties.add("customergraph.integrations.base-urls.dialog_360_hub", PROVIDER::baseUrl);
    }

    @BeforeEach
    void forget_what_was_asked() {
        PROVIDER.resetAll();
    }

    /** They are the platform's, and not this test's tenant's. */
    @AfterEach
    void leave_no_account_of_the_platform() {
        TestDatabase.shared().owner().update("DELETE FROM partner_secrets");
        TestDatabase.shared().owner().update("DELETE FROM partner_configurations");
    }

    private Response ask(TenantId of, String document, Map<String, Object> input, Scope... scopes) {
        return TestKeys.client(port, of, scopes)
                .document(document)
                .variable("input", input)
                .execute();
    }

    private Response write(String mutation, String type, String fields, Map<String, Object> input) {
        return writeAs(tenant, mutation, type, fields, input);
    }

    private Response writeAs(
            TenantId of, String mutation, String type, String fields, Map<String, Object> input) {
        return ask(
                of,
                mutation(mutation, type, fields),
                input,
                Scope.INTEGRATIONS_READ,
                Scope.INTEGRATIONS_WRITE);
    }

    /** As the platform does it for the company. */
    private Response register(
            String mutation, String type, String fields, Map<String, Object> input) {
        return ask(
                tenant,
                mutation(mutation, type, fields),
                input,
                Scope.INTEGRATIONS_READ,
                Scope.PARTNERS_ADMIN);
    }

    private static String mutation(String name, String type, String fields) {
        return "mutation ($input: %s!) { done: %s(input: $input) { %s userErrors { code field } } }"
                .formatted(type, name, fields);
    }

    private Response save(Map<String, Object> input) {
        return ask(
                tenant,
                """
                mutation ($input: SavePartnerConfigurationInput!) {
                  done: savePartnerConfiguration(input: $input) {
                    configuration { provider name version isPublic settings { name value }
                                    credentials { field lastFour } }
                    userErrors { code field } } }
                """,
                input,
                Scope.PARTNERS_ADMIN);
    }

    private static Map<String, String> field(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    private void thePartnership() {
        save(Map.of(
                        "provider",
                        "DIALOG_360",
                        "name",
                        "Our partnership",
                        "isPublic",
                        true,
                        "fields",
                        List.of(
                                field("partner_id", "ourPartner"),
                                field("partner_token", PARTNER_TOKEN))))
                .path("done.userErrors")
                .entityList(Object.class)
                .hasSize(0);
    }

    private String connected(String provider, List<Map<String, String>> fields) {
        return write(
                        "connectIntegration",
                        "ConnectIntegrationInput",
                        "connection { id }",
                        Map.of("provider", provider, "fields", fields))
                .path("done.connection.id")
                .entity(String.class)
                .get();
    }

    private String whatsApp() {
        return connected(
                "meta_whatsapp",
                List.of(field("waba_id", waba), field("access_token", COMPANY_TOKEN)));
    }

    @Test
    void the_platforms_account_is_saved_and_shown_without_its_secrets(CapturedOutput output) {
        thePartnership();
        Response saved =
                save(
                        Map.of(
                                "provider",
                                "META_WHATSAPP",
                                "name",
                                "Our app",
                                "fields",
                                List.of(
                                        field("client_id", "1234567890"),
                                        field("client_secret", APP_SECRET))));
        saved.path("done.configuration['provider', 'name', 'settings', 'credentials']")
                .matchesJson(
                        """
                        {"provider": "META_WHATSAPP", "name": "Our app",
                         "settings": [{"name": "client_id", "value": "1234567890"}],
                         "credentials": [{"field": "client_secret", "lastFour": "cdef"}]}
                        """);
        int version = saved.path("done.configuration.version").entity(Integer.class).get();

        save(Map.of("provider", "META_WHATSAPP", "name", "Other", "expectedVersion", version + 7))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("VERSION_CONFLICT");
        save(Map.of(
                        "provider",
                        "META_WHATSAPP",
                        "logoUrl",
                        "javascript:alert(1)",
                        "fields",
                        List.of(field("colour", "red"), field("client_secret", "short"))))
                .path("done.userErrors[*].field[-1:]")
                .entityList(String.class)
                .containsExactly("logoUrl", "colour", "client_secret");
        Response all =
                ask(
                        tenant,
                        """
                        { partnerConfigurations(first: 1) { totalCount pageInfo { hasNextPage }
                            nodes { provider credentials { field lastFour } } } }
                        """,
                        Map.of(),
                        Scope.PARTNERS_ADMIN);
        all.path("partnerConfigurations.nodes[0].provider")
                .entity(String.class)
                .isEqualTo("DIALOG_360");
        assertThat(
                        all.path("partnerConfigurations").entity(Object.class).get().toString()
                                + output
                                + everyPartnerRow())
                .doesNotContain(APP_SECRET, PARTNER_TOKEN);
    }

    private static String everyPartnerRow() {
        return TestDatabase.shared()
                .owner()
                .queryForList(
                        """
                        SELECT p::text || s::text || encode(s.ciphertext, 'escape')
                        FROM partner_configurations p JOIN partner_secrets s USING (provider)
                        """,
                        String.class)
                .toString();
    }

    @Test
    void the_platforms_accounts_are_for_who_administers_them_and_the_profiles_for_companies() {
        thePartnership();
        String all = "{ partnerConfigurations { nodes { name } } }";
        ask(
                        tenant,
                        all,
                        Map.of(),
                        Scope.INTEGRATIONS_READ,
                        Scope.INTEGRATIONS_WRITE,
                        Scope.TENANT_ADMIN)
                .errors()
                .satisfy(
                        errors ->
                                assertThat(errors.getFirst().getExtensions())
                                        .containsEntry("code", "FORBIDDEN"));
        ask(
                        tenant,
                        """
                        mutation ($input: SavePartnerConfigurationInput!) {
                          savePartnerConfiguration(input: $input) { userErrors { code } } }
                        """,
                        Map.of("provider", "TWILIO", "name", "Mine"),
                        Scope.INTEGRATIONS_READ,
                        Scope.INTEGRATIONS_WRITE)
                .errors()
                .satisfy(
                        errors ->
                                assertThat(errors.getFirst().getExtensions())
                                        .containsEntry("code", "FORBIDDEN"));
        ask(
                        TestDatabase.shared().newTenant(),
                        "{ partnerProfiles { provider name settings { name value } } }",
                        Map.of(),
                        Scope.INTEGRATIONS_READ)
                .path("partnerProfiles[0]")
                .matchesJson(
                        """
                        {"provider": "DIALOG_360", "name": "Our partnership",
                         "settings": [{"name": "partner_id", "value": "ourPartner"}]}
                        """);
    }

    private void metaKnowsTheCompany() {
        PROVIDER.stubFor(
                get(urlPathEqualTo("/v23.0/" + waba))
                        .withHeader("Authorization", equalTo("Bearer " + COMPANY_TOKEN))
                        .willReturn(
                                okJson(
                                        """
                                        {"id": "1", "name": "Acme", "account_review_status": "APPROVED",
                                         "owner_business_info": {"id": "777888999"}}
                                        """)));
        PROVIDER.stubFor(
                post(urlPathEqualTo("/v23.0/" + waba + "/subscribed_apps"))
                        .willReturn(okJson("{\"success\": true}")));
        numberIs("NOT_VERIFIED", "PENDING");
    }

    private void numberIs(String verification, String status) {
        PROVIDER.stubFor(
                get(urlPathEqualTo("/v23.0/" + waba + "/phone_numbers"))
                        .willReturn(
                                okJson(
                                        """
                                        {"data": [{"id": "%s", "display_phone_number": "+966 50 000 1111",
                                          "verified_name": "Acme", "name_status": "APPROVED",
                                          "code_verification_status": "%s", "status": "%s",
                                          "quality_rating": "GREEN",
                                          "messaging_limit_tier": "TIER_1K"}]}
                                        """
                                                .formatted(number, verification, status))));
    }

    private Response registerClient(TenantId of, String connection) {
        return writeAs(
                of,
                "registerMetaWhatsAppClient",
                "RegisterMetaWhatsAppClientInput",
                "client { id wabaId businessId name status reviewStatus isSubscribed }",
                Map.of("connectionId", connection));
    }

    private String registeredClient() {
        return registerClient(tenant, whatsApp()).path("done.client.id").entity(String.class).get();
    }

    @Test
    void a_company_and_its_number_are_taken_on_under_metas_programme(CapturedOutput output) {
        metaKnowsTheCompany();
        String client = registeredClient();
        Response registered =
                write(
                        "registerMetaWhatsAppPhoneNumber",
                        "RegisterMetaWhatsAppPhoneNumberInput",
                        "phoneNumber { id status }",
                        Map.of("clientId", client, "phoneNumberId", number));
        registered.path("done.phoneNumber.status").entity(String.class).isEqualTo("UNVERIFIED");
        String id = registered.path("done.phoneNumber.id").entity(String.class).get();
        PROVIDER.stubFor(
                post(urlPathEqualTo("/v23.0/" + number + "/request_code"))
                        .withRequestBody(containing("\"code_method\":\"SMS\""))
                        .willReturn(okJson("{\"success\": true}")));
        step(id, Map.of("requestCodeBy", "SMS"))
                .path("done.phoneNumber.status")
                .entity(String.class)
                .isEqualTo("CODE_REQUESTED");
        for (String path : List.of("/verify_code", "/register")) {
            PROVIDER.stubFor(
                    post(urlPathEqualTo("/v23.0/" + number + path))
                            .willReturn(okJson("{\"success\": true}")));
        }
        numberIs("VERIFIED", "CONNECTED");
        step(id, Map.of("code", "123456", "pin", "654321"))
                .path("done.phoneNumber.status")
                .entity(String.class)
                .isEqualTo("CONNECTED");

        ask(
                        tenant,
                        """
                        { metaWhatsAppClients(first: 5) { totalCount nodes {
                            name businessId reviewStatus isSubscribed connection { account }
                            phoneNumbers(first: 5) { totalCount nodes {
                              phoneNumber verifiedName qualityRating messagingLimit
                              client { name } } } } } }
                        """,
                        Map.of(),
                        Scope.INTEGRATIONS_READ)
                .path("metaWhatsAppClients")
                .matchesJson(
                        """
                        {"totalCount": 1, "nodes": [{"name": "Acme", "businessId": "777888999",
                          "reviewStatus": "APPROVED", "isSubscribed": true,
                          "connection": {"account": "%s"},
                          "phoneNumbers": {"totalCount": 1, "nodes": [
                            {"phoneNumber": "+966500001111", "verifiedName": "Acme",
                             "qualityRating": "GREEN", "messagingLimit": "TIER_1K",
                             "client": {"name": "Acme"}}]}}]}
                        """
                                .formatted(waba));
        assertThat(output + DatabaseDump.ofTenant(tenant))
                .doesNotContain(COMPANY_TOKEN, "654321", "123456");
    }

    private Response step(String id, Map<String, Object> what) {
        Map<String, Object> input = new HashMap<>(what);
        input.put("id", id);
        return write(
                "updateMetaWhatsAppPhoneNumber",
                "UpdateMetaWhatsAppPhoneNumberInput",
                "phoneNumber { status }",
                input);
    }

    @Test
    void another_tenant_neither_finds_nor_takes_what_is_registered() {
        metaKnowsTheCompany();
        String client = registeredClient();
        TenantId rival = TestDatabase.shared().newTenant();

        ask(
                        rival,
                        "{ metaWhatsAppClients { totalCount } node(id: \"%s\") { id } }"
                                .formatted(client),
                        Map.of(),
                        Scope.INTEGRATIONS_READ,
                        Scope.CUSTOMERS_READ)
                .path("$.data")
                .matchesJson("{\"metaWhatsAppClients\": {\"totalCount\": 0}, \"node\": null}");
        writeAs(
                        rival,
                        "registerMetaWhatsAppPhoneNumber",
                        "RegisterMetaWhatsAppPhoneNumberInput",
                        "phoneNumber { id }",
                        Map.of("clientId", client, "phoneNumberId", number))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("NOT_FOUND");
        String theirs =
                writeAs(
                                rival,
                                "connectIntegration",
                                "ConnectIntegrationInput",
                                "connection { id }",
                                Map.of(
                                        "provider",
                                        "meta_whatsapp",
                                        "fields",
                                        List.of(
                                                field("waba_id", waba),
                                                field("access_token", COMPANY_TOKEN))))
                        .path("done.connection.id")
                        .entity(String.class)
                        .get();
        registerClient(rival, theirs)
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("TAKEN");
    }

    @ParameterizedTest
    @CsvSource({
        "401, '{\"error\":{\"code\":190}}', BLOCKED",
        "400, '{\"error\":{\"code\":190,\"type\":\"OAuthException\"}}', BLOCKED",
        "400, '{\"error\":{\"code\":80007,\"message\":\"Rate limit issues\"}}', BLOCKED",
        "429, '', BLOCKED",
        "404, '{}', NOT_FOUND",
        "400, '{\"error\":{\"code\":100}}', INVALID",
        "500, 'oops', BLOCKED",
        "200, 'not json', BLOCKED"
    })
    void what_the_provider_refuses_is_told_and_nothing_is_registered(
            int status, String body, String code) {
        PROVIDER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));

        registerClient(tenant, whatsApp())
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo(code);
        assertThat(
                        TestDatabase.shared()
                                .owner()
                                .queryForObject(
                                        "SELECT count(*) FROM meta_whatsapp_clients WHERE tenant_id"
                                                + " = ?",
                                        Long.class,
                                        tenant.value()))
                .isZero();
    }

    @Test
    void a_pin_that_is_none_is_refused_before_meta_is_asked() {
        metaKnowsTheCompany();
        String client = registeredClient();

        write(
                        "registerMetaWhatsAppPhoneNumber",
                        "RegisterMetaWhatsAppPhoneNumberInput",
                        "phoneNumber { id }",
                        Map.of("clientId", client, "phoneNumberId", number, "pin", "12"))
                .path("done.userErrors[0].field[1]")
                .entity(String.class)
                .isEqualTo("pin");
        PROVIDER.verify(0, postRequestedFor(urlPathEqualTo("/v23.0/" + number + "/register")));
    }

    @Test
    void a_channel_of_360dialog_is_registered_and_its_new_key_kept(CapturedOutput output) {
        thePartnership();
        String clientId = "client-" + tenant;
        String channelId = "channel-" + tenant;
        PROVIDER.stubFor(
                get(urlPathEqualTo("/api/v2/partners/ourPartner/clients"))
                        .withHeader("x-api-key", equalTo(PARTNER_TOKEN))
                        .willReturn(
                                okJson(
                                        "{\"clients\": [{\"id\": \"%s\", \"name\": \"Acme\"}], \"total\": 1}"
                                                .formatted(clientId))));
        PROVIDER.stubFor(
                get(urlPathEqualTo("/api/v2/partners/ourPartner/channels"))
                        .willReturn(
                                okJson(
                                        """
                                        {"partner_channels": [{"id": "%s", "client_id": "%s",
                                          "status": "running", "waba_account": {"external_id": "4711"},
                                          "setup_info": {"phone_number": "966500001111",
                                                         "phone_name": "Acme"}}]}
                                        """
                                                .formatted(channelId, clientId))));
        PROVIDER.stubFor(
                post(urlPathEqualTo(
                                "/api/v2/partners/ourPartner/channels/" + channelId + "/api_keys"))
                        .willReturn(okJson("{\"api_key\": \"%s\"}".formatted(API_KEY))));
        String connection =
                connected(
                        "dialog_360",
                        List.of(
                                field("phone_number_id", waba),
                                field("api_key", "old-api-key-0123456789")));
        String client =
                register(
                                "registerDialog360Client",
                                "RegisterDialog360ClientInput",
                                "client { id name status }",
                                Map.of("clientId", clientId))
                        .path("done.client.id")
                        .entity(String.class)
                        .get();

        Response registered =
                register(
                        "registerDialog360Channel",
                        "RegisterDialog360ChannelInput",
                        "channel { id status phoneNumber wabaId displayName connection { id }"
                                + " client { clientId } }",
                        Map.of(
                                "clientId",
                                client,
                                "channelId",
                                channelId,
                                "connectionId",
                                connection,
                                "newApiKey",
                                true));

        registered
                .path("done.channel['status', 'phoneNumber', 'wabaId', 'displayName']")
                .matchesJson(
                        """
                        {"status": "RUNNING", "phoneNumber": "+966500001111", "wabaId": "4711",
                         "displayName": "Acme"}
                        """);
        UUID uuid = IntegrationIds.of(connection);
        assertThat(
                        secrets.valid(uuid)
                                .contextWrite(TenantContext.of(tenant))
                                .blockOptional()
                                .orElseThrow()
                                .get("api_key"))
                .containsExactly(Secret.of(API_KEY));
        assertThat(output + DatabaseDump.ofTenant(tenant)).doesNotContain(API_KEY, PARTNER_TOKEN);
        write(
                        "updateDialog360Channel",
                        "UpdateDialog360ChannelInput",
                        "channel { version }",
                        Map.of("id", registered.path("done.channel.id").entity(String.class).get()))
                .path("done.channel.version")
                .entity(Integer.class)
                .isEqualTo(2);
        register(
                        "registerDialog360Client",
                        "RegisterDialog360ClientInput",
                        "client { id }",
                        Map.of("clientId", "someone-elses"))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void a_company_cannot_name_a_client_of_360dialog_as_its_own() {
        write(
                        "registerDialog360Client",
                        "RegisterDialog360ClientInput",
                        "client { id }",
                        Map.of("clientId", "someone-elses"))
                .errors()
                .satisfy(
                        errors ->
                                assertThat(errors.getFirst().getExtensions())
                                        .containsEntry("code", "FORBIDDEN"));
    }
}
