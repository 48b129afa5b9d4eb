package io.customergraph.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.Provider;
import io.customergraph.application.ShopifyDouble;
import io.customergraph.application.ShopifyGoods;
import io.customergraph.application.ShopifyShelf.Made;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The server is killed at random moments while it reads a shop's history. */
class KilledBackfillTest {

    private static final int KILLS = Integer.getInteger("customergraph.test.kills", 1);
    private static final int ORDERS = 8_000;
    private static final int CUSTOMERS = 900;
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

    private final JdbcTemplate owner = TestDatabase.shared().owner();
    private final TenantId tenant = TestDatabase.shared().newTenant();
    private final int port = ServerProcess.freePort();

    @Test
    void a_history_arrives_whole_however_often_its_reader_is_killed() throws InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (ShopifyDouble shop = new ShopifyDouble()) {
            shop.shelf(
                    "customers",
                    new Made(CUSTOMERS, n -> ShopifyGoods.customer(n, Made.changed(n))));
            shop.shelf(
                    "orders",
                    new Made(
                            ORDERS,
                            n ->
                                    ShopifyGoods.order(
                                            n, Made.changed(n), n % CUSTOMERS + 1, 2, "paid")));
            ServerProcess server = start(shop).awaitReady();
            try {
                connect();
                for (int kill = 0; kill < KILLS; kill++) {
                    Thread.sleep(random.nextInt(2_500));
                    server.kill();
                    forgetWhoRead();
                    server = start(shop).awaitReady();
                }
                awaitTheEnd();
            } finally {
                server.close();
            }
        }

        assertThat(count("SELECT count(*) FROM shopify_orders WHERE tenant_id = ?"))
                .as("seed %d", seed)
                .isEqualTo(ORDERS);
        assertThat(count("SELECT count(*) FROM shopify_order_items WHERE tenant_id = ?"))
                .as("seed %d", seed)
                .isEqualTo(2L * ORDERS);
        assertThat(count("SELECT sum(total_orders) FROM customers WHERE tenant_id = ?"))
                .as("seed %d", seed)
                .isEqualTo(ORDERS);
        assertThat(
                        count(
                                """
                                SELECT count(*) FROM match_decisions
                                WHERE tenant_id = ? AND kind = 'link' AND record_type = 'shopify_order'
                                """))
                .as("seed %d", seed)
                .isEqualTo(ORDERS);
    }

    private ServerProcess start(ShopifyDouble shop) {
        return ServerProcess.start(
                port,
                Map.of(
                        "customergraph.syncs.interval", "1s",
                        "customergraph.integrations.allow-loopback", "true",
                        "customergraph.integrations.base-urls.shopify", shop.baseUrl()));
    }

    private void connect() {
        Provider.connected(
                port,
                tenant,
                "shopify",
                Map.of(
                        "shop", "acme.myshopify.com",
                        "access_token", "shpat_0123456789abcdef0123456789abcdef",
                        "first_read", "pages"));
    }

    /** Another node would wait for the claim to end. */
    private void forgetWhoRead() {
        owner.update(
                """
                UPDATE integration_syncs SET claimed_until = now()
                WHERE tenant_id = ? AND claimed_until IS NOT NULL
                """,
                tenant.value());
    }

    private void awaitTheEnd() throws InterruptedException {
        Instant latest = Instant.now().plus(SETTLED_WITHIN);
        while (count(
                                """
                                SELECT count(*) FROM integration_syncs
                                WHERE tenant_id = ? AND covered_until IS NOT NULL
                                """)
                        < 3
                && Instant.now().isBefore(latest)) {
            Thread.sleep(100);
        }
    }

    private long count(String sql) {
        return Objects.requireNonNull(owner.queryForObject(sql, Long.class, tenant.value()));
    }
}
