package io.customergraph.application;

import static io.customergraph.application.ShopifyGoods.customer;
import static io.customergraph.application.ShopifyGoods.order;
import static io.customergraph.application.ShopifyGoods.refunded;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.ShopifyShelf.Item;
import io.customergraph.provider.sync.HistorySync;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.time.Instant;

/** A shop's whole history by its bulk operations. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class ShopifyBulkTest {

    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");
    private static final ShopifyDouble SHOP = new ShopifyDouble();

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private HistorySync histories;

    @DynamicPropertySource
    static void the_shop_is_here(DynamicPropertyRegistry properties) {
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.base-urls.shopify", SHOP::baseUrl);
    }

    @BeforeEach
    void begin() {
        SHOP.forget();
    }

    private ReadShop shop() {
        return ReadShop.connected(port, tenant, histories, ReadShop.BY_BULK);
    }

    private static void hasOrders(int many, int lines) {
        for (int n = 1; n <= many; n++) {
            Item order = order(n, SPRING.plusSeconds(n), n % 40 + 1, lines, "paid");
            SHOP.put("orders", n % 4 == 0 ? refunded(order, n, "1.50") : order);
        }
    }

    private static long pages() {
        return SHOP.pages("orders").size();
    }

    @Test
    void a_file_is_read_in_parts_with_the_refunds_that_it_does_not_hold() {
        hasOrders(700, 8);
        SHOP.put("customers", customer(1, SPRING));
        SHOP.bulk().takes(2);
        ReadShop shop = shop();

        shop.work();
        assertThat(shop.orders()).isZero();
        shop.sync("orders").matchesJson("{\"status\": \"WAITING\", \"records\": 0}");
        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(700);
        assertThat(shop.number("SELECT count(*) FROM shopify_order_items WHERE tenant_id = ?"))
                .isEqualTo(5_600);
        assertThat(
                        shop.number(
                                """
                                SELECT count(*) FROM shopify_orders
                                WHERE tenant_id = ? AND total_refunded = 1.50
                                """))
                .isEqualTo(175);
        shop.sync("orders").matchesJson("{\"records\": 700, \"rejected\": 0, \"problem\": null}");
        assertThat(pages()).isZero();
        assertThat(SHOP.bulk().filesAsked()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void afterwards_only_what_changed_is_read_by_pages() {
        hasOrders(3, 1);
        ReadShop shop = shop();
        shop.workToTheEnd();

        shop.waitIsOver();
        shop.work();

        assertThat(pages()).isEqualTo(1);
        assertThat(SHOP.pages("orders").getFirst().variable("changed")).startsWith("updated_at:>=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "CANCELED", "EXPIRED", "SOMETHING"})
    void where_an_operation_ends_otherwise_pages_are_read(String end) {
        hasOrders(130, 1);
        SHOP.bulk().endsAs(end);
        ReadShop shop = shop();

        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(130);
        assertThat(pages()).isPositive();
        assertThat(SHOP.bulk().filesAsked()).isZero();
    }

    @Test
    void where_another_operation_runs_pages_are_read() {
        hasOrders(130, 1);
        SHOP.bulk().isBusy();
        ReadShop shop = shop();

        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(130);
        assertThat(pages()).isPositive();
    }

    @Test
    void an_operation_that_was_begun_and_not_written_down_is_taken_up() {
        hasOrders(10, 1);
        SHOP.bulk().takes(2);
        ReadShop shop = shop();
        shop.work();
        TestDatabase.shared()
                .owner()
                .update(
                        """
                        UPDATE integration_syncs SET page = NULL
                        WHERE tenant_id = ? AND resource = 'orders' AND page LIKE 'BULK%'
                        """,
                        tenant.value());
        SHOP.bulk().lastBegan("orders");
        SHOP.bulk().isBusy();

        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(10);
        assertThat(pages()).isZero();
    }

    @Test
    void an_address_that_is_good_no_more_is_given_up_for_pages() {
        hasOrders(130, 1);
        SHOP.bulk().takes(1);
        ReadShop shop = shop();
        shop.work();
        SHOP.bulk().expire();

        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(130);
        assertThat(pages()).isPositive();
    }

    @Test
    void a_file_that_is_given_whole_is_read_all_the_same() {
        hasOrders(600, 1);
        SHOP.bulk().givesWholeFiles();
        ReadShop shop = shop();

        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(600);
        assertThat(pages()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://storage.example.com", "file://", "https://user@storage.example.com"})
    void an_address_that_is_no_files_is_not_called(String address) {
        hasOrders(5, 1);
        SHOP.bulk().filesAreAt(address);
        ReadShop shop = shop();

        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(5);
        assertThat(SHOP.bulk().filesAsked()).isZero();
    }

    @Test
    void no_name_of_a_file_is_written_down() throws InterruptedException {
        hasOrders(5, 1);
        SHOP.bulk().takes(1);
        ReadShop shop = shop();
        shop.work();
        assertThat(shop.rows("SELECT page FROM integration_syncs WHERE tenant_id = ?"))
                .allMatch(page -> page.matches("BULK gid://shopify/BulkOperation/[0-9]+ 0"));

        shop.workToTheEnd();

        assertThat(SHOP.bulk().filesAsked()).isPositive();
        String paths =
                "SELECT DISTINCT path FROM integration_api_logs WHERE tenant_id = ? ORDER BY path";
        Instant latest = Instant.now().plusSeconds(20);
        while (shop.rows(paths).size() < 2 && Instant.now().isBefore(latest)) {
            Thread.sleep(100);
        }
        assertThat(shop.rows(paths))
                .containsExactly("/admin/api/{version}/graphql.json", "/{part0}/{part1}/{part2}");
    }

    @Test
    void lines_that_are_none_are_counted_and_the_others_are_kept() {
        hasOrders(3, 1);
        SHOP.put(
                "orders",
                new Item(
                        90,
                        SPRING.minusSeconds(9),
                        () -> ShopifyDouble.JSON.valueToTree("{\"id\": broken"),
                        () -> ShopifyDouble.JSON.createObjectNode()));
        SHOP.put(
                "orders",
                new Item(
                        91,
                        SPRING.plusSeconds(2).plusMillis(1),
                        () ->
                                ShopifyDouble.JSON.valueToTree(
                                        "{\"id\": \"gid://shopify/LineItem/5\", \"__parentId\":"
                                                + " \"gid://shopify/Order/77\"}"),
                        () -> ShopifyDouble.JSON.createObjectNode()));
        ReadShop shop = shop();

        shop.workToTheEnd();

        assertThat(shop.orders()).isEqualTo(3);
        shop.sync("orders")
                .matchesJson(
                        """
                        {"records": 5, "rejected": 2,
                         "rejections": [{"id": null, "reason": "NOT_JSON"}, {"id": null, "reason": "NOT_JSON"}]}
                        """);
    }
}
