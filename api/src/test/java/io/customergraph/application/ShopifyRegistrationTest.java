package io.customergraph.application;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.util.List;
import java.util.Map;

/** Shopify is told where to deliver, in the shape of its Admin GraphQL API. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class ShopifyRegistrationTest {

    private static final String PATH = "/admin/api/2026-07/graphql.json";
    private static final String THROTTLED =
            """
            {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}],
             "extensions": {"cost": {"requestedQueryCost": 40, "actualQueryCost": null,
               "throttleStatus": {"maximumAvailable": 2000.0, "currentlyAvailable": 30, "restoreRate": 100.0}}}}
            """;
    private static final WireMockServer SHOPIFY = new WireMockServer(0);

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private DeliveryQueue queue;

    @BeforeAll
    static void start() {
        SHOPIFY.start();
    }

    @AfterAll
    static void stop() {
        SHOPIFY.stop();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        SHOPIFY.start();
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.base-urls.shopify", SHOPIFY::baseUrl);
        properties.add("customergraph.public-url", () -> "https://api.example.com");
    }

    @BeforeEach
    void forget() {
        SHOPIFY.resetAll();
    }

    private Response register(Shop shop, String... topics) {
        return TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE)
                .document(
                        """
                        mutation ($input: ConfigureIntegrationWebhookInput!) {
                          done: configureIntegrationWebhook(input: $input) {
                            registeredTopics connection { webhook { url } } userErrors { code field message } } }
                        """)
                .variable(
                        "input",
                        Map.of(
                                "id",
                                shop.provider().globalId(),
                                "register",
                                true,
                                "topics",
                                List.of(topics)))
                .execute();
    }

    private Shop shop() {
        return Shop.connected(port, tenant, queue);
    }

    private static String address(Shop shop) {
        return "https://api.example.com/webhooks/shopify/" + shop.provider().connection();
    }

    private static void lists(String nodes) {
        SHOPIFY.stubFor(
                post(urlPathEqualTo(PATH))
                        .withRequestBody(containing("webhookSubscriptions("))
                        .willReturn(
                                okJson(
                                        """
                                        {"data": {"webhookSubscriptions": {"nodes": [%s],
                                          "pageInfo": {"hasNextPage": false, "endCursor": null}}}}
                                        """
                                                .formatted(nodes))));
    }

    private static void creates(String data) {
        SHOPIFY.stubFor(
                post(urlPathEqualTo(PATH))
                        .withRequestBody(containing("webhookSubscriptionCreate"))
                        .willReturn(okJson("{\"data\": {" + data + "}}")));
    }

    private static String created(int n) {
        return "\"t%d\": {\"webhookSubscription\": {\"id\": \"gid://shopify/WebhookSubscription/%d\"}, \"userErrors\": []}"
                .formatted(n, n);
    }

    @Test
    void what_is_missing_is_registered_at_this_connections_address_in_one_call() {
        Shop shop = shop();
        lists(
                "{\"topic\": \"ORDERS_CREATE\", \"uri\": \"%s\"}, {\"topic\": \"ORDERS_PAID\", \"uri\": \"https://other.example\"}"
                        .formatted(address(shop)));
        creates(
                created(0)
                        + ","
                        + created(1)
                        + ","
                        + created(2)
                        + ","
                        + created(3)
                        + ","
                        + created(4)
                        + ","
                        + created(5));

        Response response = register(shop, "orders/*");

        response.path("done.userErrors").entityList(Object.class).hasSize(0);
        response.path("done.registeredTopics")
                .entityList(String.class)
                .containsExactly(
                        "orders/create",
                        "orders/updated",
                        "orders/paid",
                        "orders/cancelled",
                        "orders/fulfilled",
                        "orders/partially_fulfilled",
                        "orders/delete");
        response.path("done.connection.webhook.url").entity(String.class).isEqualTo(address(shop));
        SHOPIFY.verify(
                1,
                postRequestedFor(urlPathEqualTo(PATH))
                        .withHeader(
                                "X-Shopify-Access-Token",
                                equalTo("shpat_0123456789abcdef0123456789abcdef"))
                        .withRequestBody(
                                containing("t0: webhookSubscriptionCreate(topic: ORDERS_UPDATED"))
                        .withRequestBody(containing("topic: ORDERS_PAID"))
                        .withRequestBody(
                                matchingJsonPath("$.variables.to.uri", equalTo(address(shop))))
                        .withRequestBody(
                                matchingJsonPath("$.variables.to.format", equalTo("JSON"))));
        assertThat(SHOPIFY.getAllServeEvents()).hasSize(2);
    }

    @Test
    void what_is_registered_is_not_registered_again() {
        Shop shop = shop();
        lists("{\"topic\": \"REFUNDS_CREATE\", \"uri\": \"%s\"}".formatted(address(shop)));

        Response response = register(shop, "refunds/create");

        response.path("done.registeredTopics")
                .entityList(String.class)
                .containsExactly("refunds/create");
        assertThat(SHOPIFY.getAllServeEvents()).hasSize(1);
    }

    @Test
    void what_shopify_refuses_is_said_and_the_rest_is_registered() {
        Shop shop = shop();
        lists("");
        creates(
                created(0)
                        + ", \"t1\": {\"webhookSubscription\": null, \"userErrors\": [{\"field\":"
                        + " [\"topic\"], \"message\": \"secret words of Shopify\"}]}");

        Response response = register(shop, "products/create", "products/update");

        response.path("done.registeredTopics")
                .entityList(String.class)
                .containsExactly("products/create");
        response.path("done.userErrors[0].message")
                .entity(String.class)
                .satisfies(
                        message ->
                                assertThat(message)
                                        .contains("products/update")
                                        .doesNotContain("secret words"));
    }

    @Test
    void a_throttled_call_waits_for_the_bucket_and_is_made_again() {
        Shop shop = shop();
        lists("");
        SHOPIFY.stubFor(
                post(urlPathEqualTo(PATH))
                        .withRequestBody(containing("webhookSubscriptionCreate"))
                        .inScenario("bucket")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(okJson(THROTTLED))
                        .willSetStateTo("full"));
        SHOPIFY.stubFor(
                post(urlPathEqualTo(PATH))
                        .withRequestBody(containing("webhookSubscriptionCreate"))
                        .inScenario("bucket")
                        .whenScenarioStateIs("full")
                        .willReturn(okJson("{\"data\": {" + created(0) + "}}")));

        register(shop, "customers/merge")
                .path("done.registeredTopics")
                .entityList(String.class)
                .containsExactly("customers/merge");
    }

    @Test
    void a_token_that_is_not_taken_and_a_bucket_that_stays_empty_are_told() {
        Shop shop = shop();
        SHOPIFY.stubFor(post(urlPathEqualTo(PATH)).willReturn(aResponse().withStatus(401)));
        register(shop)
                .path("done.userErrors[0].message")
                .entity(String.class)
                .satisfies(message -> assertThat(message).contains("token"));

        SHOPIFY.resetAll();
        SHOPIFY.stubFor(post(urlPathEqualTo(PATH)).willReturn(okJson(THROTTLED)));
        register(shop)
                .path("done.userErrors[0].message")
                .entity(String.class)
                .satisfies(message -> assertThat(message).contains("wait"));
        assertThat(SHOPIFY.getAllServeEvents()).hasSize(3);
    }
}
