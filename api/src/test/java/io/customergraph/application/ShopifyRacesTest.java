package io.customergraph.application;

import static io.customergraph.application.ShopifyGoods.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.provider.sync.HistorySync;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Webhooks and pages tell of the same records, in any order; what is newer holds. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class ShopifyRacesTest {

    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");
    private static final ShopifyDouble SHOP = new ShopifyDouble();

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private HistorySync histories;
    @Autowired private DeliveryQueue queue;

    @DynamicPropertySource
    static void the_shop_is_here(DynamicPropertyRegistry properties) {
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.base-urls.shopify", SHOP::baseUrl);
    }

    @BeforeEach
    void begin() {
        SHOP.forget();
    }

    private static void says(Instant updated, String status) {
        SHOP.put("orders", order(1, updated, 1, 1, status));
    }

    private void tells(Shop shop, String triggered, Instant updated, String status) {
        shop.deliverAndApply(
                "orders/updated",
                triggered,
                """
                {"id": 1, "name": "#1", "email": "person.1@example.com", "currency": "SAR", "total_price": "10.50",
                 "created_at": "2026-03-01T09:00:00Z", "updated_at": "%s", "financial_status": "%s"}
                """
                        .formatted(updated, status));
    }

    private void read() {
        TestDatabase.shared()
                .owner()
                .update(
                        "UPDATE integration_syncs SET next_at = now() WHERE tenant_id = ?",
                        tenant.value());
        histories.work().contextWrite(TenantContext.of(tenant)).block();
    }

    private void readAll(Shop shop) {
        new ReadShop(shop.provider(), tenant, histories).request(tenant, true);
        read();
    }

    private static List<String> statuses(Shop shop) {
        return shop.rows("SELECT financial_status FROM shopify_orders WHERE tenant_id = ?");
    }

    private Shop shop() {
        return Shop.connected(port, tenant, queue);
    }

    @Test
    void a_page_that_is_older_than_a_webhook_changes_nothing() {
        Shop shop = shop();
        says(SPRING, "pending");
        tells(shop, "2026-03-01T10:00:30.5Z", SPRING.plusSeconds(30), "paid");

        read();

        assertThat(statuses(shop)).containsExactly("paid");
    }

    @Test
    void a_webhook_that_is_older_than_a_page_changes_nothing() {
        Shop shop = shop();
        says(SPRING.plusSeconds(30), "refunded");
        read();

        tells(shop, "2026-03-01T10:00:00.5Z", SPRING, "paid");

        assertThat(statuses(shop)).containsExactly("refunded");
        assertThat(shop.statuses()).containsExactly("processed");
    }

    @Test
    void what_no_webhook_told_is_told_by_a_page() {
        Shop shop = shop();
        tells(shop, "2026-03-01T10:00:00.5Z", SPRING, "pending");
        says(SPRING.plusSeconds(30), "paid");

        read();

        assertThat(statuses(shop)).containsExactly("paid");
    }

    @Test
    void of_one_second_the_page_that_came_long_after_it_knows_the_last_version() {
        Shop shop = shop();
        tells(shop, "2026-03-01T10:00:00.2Z", SPRING, "pending");
        says(SPRING, "paid");

        read();
        tells(shop, "2026-03-01T10:00:00.4Z", SPRING, "authorized");

        assertThat(statuses(shop)).containsExactly("paid");
    }

    @Test
    void of_the_second_that_is_not_over_a_webhook_knows_more_than_a_page() {
        Shop shop = shop();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        says(now, "pending");
        read();
        tells(shop, now.plusMillis(700).toString(), now, "paid");

        readAll(shop);

        assertThat(statuses(shop)).containsExactly("paid");
    }

    @Test
    void what_was_deleted_is_not_brought_back_by_a_page() {
        Shop shop = shop();
        says(SPRING, "paid");
        read();
        shop.deliverAndApply("orders/delete", "2026-03-02T10:00:00Z", "{\"id\": 1}");
        says(SPRING.plusSeconds(999_999), "paid");

        readAll(shop);

        assertThat(statuses(shop)).isEmpty();
    }

    @Test
    void a_page_that_comes_twice_changes_nothing() {
        Shop shop = shop();
        says(SPRING, "paid");
        read();
        List<String> before =
                shop.rows("SELECT count(*)::text FROM change_events WHERE tenant_id = ?");

        readAll(shop);

        assertThat(shop.rows("SELECT count(*)::text FROM change_events WHERE tenant_id = ?"))
                .isEqualTo(before);
    }
}
