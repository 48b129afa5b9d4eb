package io.customergraph.application;

import static io.customergraph.application.ShopifyGoods.customer;
import static io.customergraph.application.ShopifyGoods.order;
import static io.customergraph.application.ShopifyGoods.product;
import static io.customergraph.application.ShopifyGoods.refunded;
import static io.customergraph.application.ShopifyGoods.with;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.ShopifyDouble.Answer;
import io.customergraph.application.ShopifyDouble.Asked;
import io.customergraph.config.StatementLog;
import io.customergraph.ingest.Ingestion;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.provider.sync.HistorySync;
import io.customergraph.provider.sync.SourceReader;
import io.customergraph.sync.GrownTables;
import io.customergraph.sync.Syncs;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What a shop has comes here whole, and goes on from where it stood. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class ShopifyHistoriesTest {

    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");
    private static final ShopifyDouble SHOP = new ShopifyDouble();

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private HistorySync histories;
    @Autowired private List<SourceReader> readers;
    @Autowired private Syncs syncs;
    @Autowired private DatabaseClient client;
    @Autowired private ConnectionAccess access;
    @Autowired private Ingestion ingestion;
    @Autowired private ConnectionHealth health;
    @Autowired private StatementLog statements;

    @DynamicPropertySource
    static void the_shop_is_here(DynamicPropertyRegistry properties) {
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.base-urls.shopify", SHOP::baseUrl);
        // A provider that fails is called at the tests' pace.
        properties.add("customergraph.integrations.max-attempts", () -> "1");
    }

    @BeforeEach
    void begin() {
        SHOP.forget();
    }

    private ReadShop shop(Map<String, String> settings) {
        return ReadShop.connected(port, tenant, histories, settings);
    }

    /** Another process on the same database. */
    private HistorySync anotherNode() {
        return new HistorySync(
                readers,
                syncs,
                access,
                ingestion,
                new GrownTables(client),
                health,
                Duration.ofMinutes(15));
    }

    private static void hasOrders(int many) {
        for (int n = 1; n <= many; n++) {
            SHOP.put("orders", order(n, SPRING.plusSeconds(n), n % 40 + 1, 2, "paid"));
        }
    }

    private static void hasAll() {
        hasOrders(130);
        SHOP.put(
                "orders",
                refunded(
                        order(131, SPRING.plusSeconds(200), 7, 3, "partially_refunded"),
                        900,
                        "10.50"));
        for (int n = 1; n <= 60; n++) {
            SHOP.put("customers", customer(n, SPRING.plusSeconds(n)));
            SHOP.put("products", product(n, SPRING.plusSeconds(n), 2));
        }
    }

    @Test
    void the_whole_history_arrives_and_belongs_to_its_people() {
        hasAll();
        ReadShop shop = shop(ReadShop.BY_PAGES);

        shop.work();

        assertThat(shop.orders()).isEqualTo(131);
        assertThat(shop.number("SELECT count(*) FROM shopify_order_items WHERE tenant_id = ?"))
                .isEqualTo(263);
        assertThat(shop.number("SELECT count(*) FROM shopify_product_variants WHERE tenant_id = ?"))
                .isEqualTo(120);
        assertThat(shop.number("SELECT count(*) FROM customers WHERE tenant_id = ?")).isEqualTo(60);
        shop.sync("orders")
                .matchesJson(
                        """
                        {"resource": "orders", "status": "WAITING", "records": 131, "rejected": 0,
                         "rejections": [], "problem": null}
                        """);
        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(
                        """
                        { customer(by: {email: "person.7@example.com"}) {
                            displayName email stats { totalOrders } } }
                        """)
                .execute()
                .path("customer")
                .matchesJson(
                        """
                        {"displayName": "Omar Saleh", "email": "person.7@example.com", "stats": {"totalOrders": 5}}
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "bulk"})
    void however_it_is_read_the_same_is_kept(String other) {
        hasAll();
        ReadShop one = shop(ReadShop.BY_PAGES);
        one.workToTheEnd();
        TenantId second = TestDatabase.shared().newTenant();
        ReadShop two =
                ReadShop.connected(
                        port,
                        second,
                        histories,
                        other.equals("rest") ? ReadShop.BY_REST : ReadShop.BY_BULK);

        two.workToTheEnd();

        assertThat(two.everything()).isNotEmpty().isEqualTo(one.everything());
    }

    @Test
    void a_later_pass_reads_what_changed_since() {
        hasOrders(130);
        ReadShop shop = shop(ReadShop.BY_PAGES);
        shop.work();
        int before = SHOP.pages("orders").size();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SHOP.put("orders", order(5, now, 1, 1, "refunded"));
        SHOP.put("orders", order(500, now, 1, 1, "paid"));

        shop.waitIsOver();
        shop.work();

        List<Asked> later = SHOP.pages("orders").subList(before, SHOP.pages("orders").size());
        assertThat(later).hasSize(1);
        assertThat(ShopifyDouble.since(later.getFirst().variable("changed")))
                .isBetween(Instant.now().minusSeconds(1_200), Instant.now().minusSeconds(500));
        shop.sync("orders").matchesJson("{\"records\": 2}");
        assertThat(shop.orders()).isEqualTo(131);
        assertThat(
                        shop.rows(
                                """
                                SELECT financial_status FROM shopify_orders
                                WHERE tenant_id = ? AND shopify_order_id = 5
                                """))
                .containsExactly("refunded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graphql", "rest"})
    void what_a_failure_cut_short_goes_on_where_it_stood(String api) {
        for (int n = 1; n <= 600; n++) {
            SHOP.put("orders", order(n, SPRING.plusSeconds(n), 1, 1, "paid"));
        }
        ReadShop shop = shop(Map.of("admin_api", api, "first_read", "pages"));
        SHOP.after(2, "orders", Answer.of(500));

        shop.work();
        long kept = shop.orders();
        shop.sync("orders")
                .matchesJson("{\"status\": \"FAILED\", \"problem\": \"provider_error\"}");
        shop.waitIsOver();
        shop.work();

        assertThat(kept).isBetween(100L, 500L);
        assertThat(shop.orders()).isEqualTo(600);
        shop.sync("orders").matchesJson("{\"records\": 600, \"problem\": null}");
    }

    @Test
    void a_node_that_dies_leaves_its_place_to_another() throws InterruptedException {
        hasOrders(700);
        ReadShop shop = shop(ReadShop.BY_PAGES);
        Disposable dying = histories.work().contextWrite(TenantContext.of(tenant)).subscribe();
        while (shop.orders() < 150) {
            Thread.sleep(5);
        }
        dying.dispose();
        Thread.sleep(300);
        long kept = shop.orders();

        shop.waitIsOver();
        anotherNode().work().contextWrite(TenantContext.of(tenant)).block();

        assertThat(kept).isLessThan(700);
        assertThat(shop.orders()).isEqualTo(700);
        assertThat(SHOP.pages("orders").stream().filter(page -> page.variable("after").isEmpty()))
                .hasSize(1);
    }

    @Test
    void two_nodes_never_read_the_same() {
        hasAll();
        ReadShop shop = shop(ReadShop.BY_PAGES);

        Mono.when(histories.work(), anotherNode().work(), anotherNode().work())
                .contextWrite(TenantContext.of(tenant))
                .block();

        List<String> pages =
                SHOP.asked().stream()
                        .filter(one -> one.document().contains("page: "))
                        .map(
                                one ->
                                        one.document().lines().skip(1).findFirst().orElse("")
                                                + one.variable("after"))
                        .toList();
        assertThat(pages).doesNotHaveDuplicates();
        assertThat(shop.orders()).isEqualTo(131);
    }

    @Test
    void a_page_costs_the_same_statements_whatever_its_size() {
        hasOrders(20);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(100);
        ReadShop shop = shop(ReadShop.BY_PAGES);
        shop.work();
        for (int n = 21; n <= 23; n++) {
            SHOP.put("orders", order(n, now.minusSeconds(n), n, 1, "paid"));
        }
        shop.waitIsOver();
        long few = countedDuring(shop);
        for (int n = 101; n <= 144; n++) {
            SHOP.put("orders", order(n, now.minusSeconds(n), n, 3, "paid"));
        }
        SHOP.put("orders", order(145, now, 5, 3, "paid"));
        shop.waitIsOver();

        assertThat(countedDuring(shop)).isEqualTo(few);
        assertThat(shop.orders()).isEqualTo(68);
    }

    /** Calls are written down in the background. */
    private long countedDuring(ReadShop shop) {
        return statements.during(shop::work).stream()
                .filter(sql -> !sql.contains("integration_api_logs"))
                .filter(sql -> !sql.contains("integration_metrics_hourly"))
                .count();
    }

    @Test
    void lines_and_variants_beyond_the_first_are_asked_for() {
        SHOP.put("orders", order(1, SPRING, 1, 300, "paid"));
        SHOP.put("products", product(1_000, SPRING, 45));
        // More of them than a page may ask for.
        for (int n = 2; n <= 25; n++) {
            SHOP.put("orders", order(n, SPRING.plusSeconds(n), 1, 25, "paid"));
        }
        ReadShop shop = shop(ReadShop.BY_PAGES);

        shop.work();

        assertThat(shop.number("SELECT count(*) FROM shopify_order_items WHERE tenant_id = ?"))
                .isEqualTo(300 + 24 * 25);
        assertThat(shop.number("SELECT count(*) FROM shopify_product_variants WHERE tenant_id = ?"))
                .isEqualTo(45);
        shop.sync("orders").matchesJson("{\"records\": 25, \"rejected\": 0}");
        assertThat(SHOP.pages("orders")).hasSizeGreaterThan(1);
    }

    @Test
    void a_shop_that_gives_little_at_once_is_asked_for_little() {
        hasOrders(130);
        SHOP.bucket().holds(1_000, 100_000);
        SHOP.bucket().makeDearer(40);
        ReadShop shop = shop(ReadShop.BY_PAGES);

        shop.work();

        assertThat(shop.orders()).isEqualTo(130);
        assertThat(SHOP.pages("orders").getFirst().variable("first")).isEqualTo("50");
        assertThat(SHOP.pages("orders").get(1).variable("first")).isEqualTo("25");
        assertThat(SHOP.pages("orders").getLast().variable("first")).isNotEqualTo("50");
    }

    @Test
    void a_shop_that_throttles_is_waited_for() {
        hasOrders(130);
        SHOP.bucket().holds(150, 200);
        ReadShop shop = shop(ReadShop.BY_PAGES);

        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(130);
        shop.sync("orders").matchesJson("{\"status\": \"WAITING\", \"problem\": null}");
    }

    @Test
    void a_shop_whose_bucket_stays_empty_is_left_alone() {
        hasOrders(5);
        SHOP.bucket().holds(10, 0.5);
        ReadShop shop = shop(ReadShop.BY_PAGES);

        shop.work();
        shop.work();

        assertThat(SHOP.pages("orders")).hasSize(1);
        shop.sync("orders").matchesJson("{\"status\": \"WAITING\", \"records\": 0}");
        assertThat(shop.nextAt("orders"))
                .isBetween(Instant.now().plusSeconds(40), Instant.now().plusSeconds(61));
        SHOP.bucket().holds(1_000, 1_000);
        shop.waitIsOver();
        shop.work();
        assertThat(shop.orders()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pages", "bulk", "rest"})
    void what_is_no_order_is_told_with_its_reason_and_the_others_are_kept(String way) {
        SHOP.put("orders", order(1, SPRING, 1, 1, "paid"));
        SHOP.put("orders", with(order(2, SPRING, 1, 0, "paid"), "id", "null", "id", "null"));
        SHOP.put(
                "orders",
                with(order(3, SPRING, 1, 1, "paid"), "currencyCode", "7", "currency", "\"SAUDI\""));
        SHOP.put(
                "orders",
                with(order(4, SPRING, 1, 1, "paid"), "updatedAt", "\"soon\"", "updated_at", "{}"));
        SHOP.put(
                "orders",
                with(
                        order(5, SPRING, 1, 1, "paid"),
                        "totalPriceSet",
                        "{\"shopMoney\": {\"amount\": \"many\"}}",
                        "total_price",
                        "\"-1\""));
        SHOP.put(
                "orders",
                with(
                        with(order(6, SPRING, 1, 1, "paid"), "customer", "[]", "customer", "\"x\""),
                        "tags",
                        "{\"a\": 1}",
                        "tags",
                        "[7]"));
        SHOP.put(
                "orders",
                with(
                        order(7, SPRING, 1, 1, "مدفوع 💳"),
                        "lineItems",
                        "null",
                        "line_items",
                        "null"));
        ReadShop shop =
                shop(
                        switch (way) {
                            case "rest" -> ReadShop.BY_REST;
                            case "bulk" -> ReadShop.BY_BULK;
                            default -> ReadShop.BY_PAGES;
                        });

        shop.workToTheEnd();

        assertThat(
                        shop.rows(
                                """
                                SELECT shopify_order_id::text FROM shopify_orders
                                WHERE tenant_id = ? ORDER BY shopify_order_id
                                """))
                .containsExactly("1", "6", "7");
        shop.sync("orders")
                .matchesJson(
                        """
                        {"records": 7, "rejected": 4, "rejections": [
                          {"id": null, "reason": "INVALID_ID"}, {"id": "3", "reason": "INVALID_CURRENCY"},
                          {"id": "4", "reason": "INVALID_TIME"}, {"id": "5", "reason": "INVALID_AMOUNT"}]}
                        """);
    }

    @Test
    void a_shop_that_fails_now_and_then_is_read_to_the_end() {
        hasAll();
        SHOP.failsEvery(3);
        ReadShop shop = shop(ReadShop.BY_PAGES);

        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(131);
        assertThat(shop.number("SELECT count(*) FROM shopify_products WHERE tenant_id = ?"))
                .isEqualTo(60);
    }

    @Test
    void a_page_whose_name_is_forgotten_begins_a_new_row() {
        hasOrders(600);
        ReadShop shop = shop(ReadShop.BY_REST);
        SHOP.after(1, "orders", Answer.of(400));

        shop.work();

        assertThat(shop.orders()).isEqualTo(600);
        assertThat(SHOP.asked().stream().map(Asked::query))
                .anyMatch(query -> query.contains("updated_at_min="));
    }

    @Test
    void pages_that_go_round_in_a_circle_are_not_followed() {
        hasOrders(3);
        ReadShop shop = shop(ReadShop.BY_REST);
        SHOP.alwaysAfter(
                0,
                "orders",
                Answer.json("{\"orders\": []}")
                        .with("Link", "<https://acme/orders.json?page_info=a>; rel=\"next\""));

        shop.work();

        shop.sync("orders")
                .matchesJson("{\"status\": \"FAILED\", \"problem\": \"unexpected_answer\"}");
        assertThat(SHOP.asked().stream().filter(one -> one.path().endsWith("/orders.json")))
                .hasSize(2);
    }

    @Test
    void lines_that_are_told_of_and_never_come_are_not_asked_for_without_end() {
        SHOP.put("orders", order(1, SPRING, 1, 30, "paid"));
        ReadShop shop = shop(ReadShop.BY_PAGES);
        SHOP.alwaysAfter(
                0,
                "node(id: $id)",
                Answer.json(
                        """
                        {"data": {"node": {"lineItems": {"edges": [],
                          "pageInfo": {"hasNextPage": true, "endCursor": "a"}}}}}
                        """));

        shop.work();

        assertThat(SHOP.asked().stream().filter(one -> one.document().contains("node(id: $id)")))
                .hasSize(1);
        shop.sync("orders").matchesJson("{\"records\": 1, \"rejected\": 1}");
    }

    @Test
    void the_rest_bucket_and_a_refusal_are_respected() {
        hasOrders(2);
        ReadShop shop = shop(ReadShop.BY_REST);
        SHOP.after(0, "orders", Answer.of(429).with("Retry-After", "120.0"));

        shop.work();
        shop.work();

        assertThat(shop.orders()).isZero();
        assertThat(shop.nextAt("orders"))
                .isBetween(Instant.now().plusSeconds(90), Instant.now().plusSeconds(122));
    }

    @Test
    void a_token_that_may_not_read_is_the_connections_problem() {
        ReadShop shop = shop(ReadShop.BY_PAGES);
        SHOP.after(
                0,
                "orders",
                Answer.json(
                        "{\"errors\": [{\"message\": \"Access denied for orders\", \"extensions\":"
                                + " {\"code\": \"ACCESS_DENIED\"}}], \"data\": null}"));

        shop.work();

        shop.sync("orders").matchesJson("{\"status\": \"FAILED\", \"problem\": \"unauthorized\"}");
        shop.sync("products").matchesJson("{\"status\": \"WAITING\", \"problem\": null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PT15M", "PT24H"})
    void it_is_read_again_when_its_owner_wants(String every) {
        ReadShop shop =
                shop(
                        every.isEmpty()
                                ? ReadShop.BY_PAGES
                                : Map.of("first_read", "pages", "sync_every", every));

        shop.work();

        Duration expected = every.isEmpty() ? Duration.ofHours(1) : Duration.parse(every);
        assertThat(shop.nextAt("orders"))
                .isBetween(
                        Instant.now().plus(expected).minusSeconds(30),
                        Instant.now().plus(expected).plusSeconds(1));
    }

    @Test
    void nobody_elses_shop_is_read() {
        hasOrders(3);
        ReadShop shop = shop(ReadShop.BY_PAGES);
        TenantId rival = TestDatabase.shared().newTenant();

        shop.request(rival, true)
                .path("syncIntegration")
                .matchesJson(
                        """
                        {"connection": null, "userErrors": [{"code": "NOT_FOUND", "field": ["input", "id"]}]}
                        """);
        histories.work().contextWrite(TenantContext.of(rival)).block();

        assertThat(SHOP.asked()).isEmpty();
        assertThat(shop.orders()).isZero();
        shop.request(tenant, true).path("syncIntegration.userErrors").matchesJson("[]");
        shop.work();
        assertThat(shop.orders()).isEqualTo(3);
    }
}
