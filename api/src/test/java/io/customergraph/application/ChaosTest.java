package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.Shop.Webhook;
import io.customergraph.application.ShopifyShelf.Item;
import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.provider.sync.HistorySync;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import reactor.core.Disposable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A day of a shop, told as badly as a network can: every webhook up to three times and in any
 * order, while its history is read and nodes die. What is here in the end is what a clean run in
 * order leaves. {@code -Dcustomergraph.test.chaos=100} tries as many schedules.
 */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class ChaosTest {

    private static final int SCHEDULES = Integer.getInteger("customergraph.test.chaos", 2);
    private static final Instant MORNING = Instant.parse("2026-03-01T06:00:00Z");
    private static final ShopifyDouble SHOP = new ShopifyDouble();

    /** All that is known, but for ids of ours and what of a second Shopify does not tell. */
    private static final String ROWS =
            """
            SELECT text FROM (
                SELECT tenant_id, concat_ws('|', 'customer', email, first_name, last_name, status, total_orders,
                           last_contact_at) AS text
                FROM customers WHERE email IS NOT NULL
                UNION ALL
                SELECT tenant_id, concat_ws('|', 'value', currency, amount) FROM customer_lifetime_values
                WHERE amount <> 0
                UNION ALL
                SELECT tenant_id, concat_ws('|', kind, scope, value, assurance) FROM customer_identifiers
                WHERE valid_to IS NULL
                UNION ALL
                SELECT tenant_id, concat_ws('|', 'consent', channel, state) FROM customer_consents
                UNION ALL
                SELECT tenant_id, concat_ws('|', record_type, external_id, deleted_at) FROM record_tombstones
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,customer_id,ingested_at,content_hash,updated_at}'::text[])::text
                           || date_trunc('second', updated_at) || (customer_id IS NOT NULL)
                FROM shopify_customers r
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,customer_id,ingested_at,content_hash,updated_at}'::text[])::text
                           || date_trunc('second', updated_at) || (customer_id IS NOT NULL)
                FROM shopify_orders r
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,order_id,product_id,variant_id}'::text[])::text
                           || (product_id IS NOT NULL) || (variant_id IS NOT NULL)
                FROM shopify_order_items r
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,ingested_at,content_hash,updated_at}'::text[])::text
                           || date_trunc('second', updated_at)
                FROM shopify_products r
                UNION ALL
                SELECT tenant_id, (to_jsonb(r) - '{id,tenant_id,product_id,ingested_at}'::text[])::text
                FROM shopify_product_variants r) AS rows
            WHERE tenant_id = ? ORDER BY text COLLATE "C"
            """;

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

    static LongStream seeds() {
        return new Random().longs(SCHEDULES);
    }

    /** Something that happens in the shop. */
    private record Happening(Instant at, String resource, Item item, boolean isDeletion) {

        String topic() {
            if (isDeletion) {
                return resource + "/delete";
            }
            return resource + (resource.equals("orders") ? "/updated" : "/update");
        }

        Webhook webhook() {
            return new Webhook(
                    topic(),
                    at.plusMillis(300).toString(),
                    isDeletion ? "{\"id\": %d}".formatted(item.id()) : item.rest().toString());
        }

        void inTheShop() {
            if (isDeletion) {
                SHOP.take(resource, item.id());
            } else {
                SHOP.put(resource, item);
            }
        }
    }

    /** The day in its order: each record in up to four versions, and some are deleted at last. */
    private static List<Happening> day(Random random) {
        List<Happening> day = new ArrayList<>();
        for (long id = 1; id <= 12; id++) {
            long order = id;
            long buyer = random.nextLong(1, 6);
            int lines = 1 + random.nextInt(3);
            List<String> statuses = List.of("pending", "authorized", "paid", "refunded");
            List<Instant> times = times(random, statuses.size());
            for (int n = 0; n < times.size(); n++) {
                Instant at = times.get(n);
                String status = statuses.get(n);
                day.add(
                        new Happening(
                                at,
                                "orders",
                                ShopifyGoods.order(order, at, buyer, lines, status),
                                false));
            }
            if (random.nextInt(4) == 0) {
                Item last = day.getLast().item;
                day.add(new Happening(times.getLast().plusSeconds(60), "orders", last, true));
            }
        }
        for (long id = 1; id <= 5; id++) {
            for (Instant at : times(random, 3)) {
                day.add(new Happening(at, "customers", ShopifyGoods.customer(id, at), false));
            }
        }
        for (long id = 1; id <= 4; id++) {
            for (Instant at : times(random, 2)) {
                day.add(new Happening(at, "products", ShopifyGoods.product(id, at, 1), false));
            }
        }
        day.sort(Comparator.comparing(Happening::at));
        return day;
    }

    private static List<Instant> times(Random random, int most) {
        return Stream.generate(() -> MORNING.plusSeconds(random.nextInt(40_000)))
                .limit(1 + random.nextInt(most))
                .distinct()
                .sorted()
                .toList();
    }

    private Shop shop(TenantId tenant) {
        return Shop.connected(port, tenant, queue, ReadShop.BY_PAGES);
    }

    private List<String> inOrder(List<Happening> day) {
        Shop shop = shop(TestDatabase.shared().newTenant());
        for (Happening happening : day) {
            assertThat(shop.send(happening.webhook())).isEqualTo(200);
        }
        workOff(shop);
        return shop.rows(ROWS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_day_that_is_told_badly_ends_as_one_that_is_told_well(long seed) throws Exception {
        Random random = new Random(seed);
        List<Happening> day = day(random);
        List<String> expected = inOrder(day);
        assertThat(expected).hasSizeGreaterThan(30);
        Shop shop = shop(TestDatabase.shared().newTenant());
        ReadShop read = new ReadShop(shop.provider(), shop.tenant(), histories);
        List<Webhook> late = new ArrayList<>();

        for (Happening happening : day) {
            happening.inTheShop();
            Collections.addAll(
                    late,
                    Collections.nCopies(1 + random.nextInt(3), happening.webhook())
                            .toArray(Webhook[]::new));
            Collections.shuffle(late, random);
            while (late.size() > 20) {
                assertThat(shop.send(late.removeLast())).isEqualTo(200);
            }
            switch (random.nextInt(12)) {
                case 0 -> poll(read);
                case 1 -> shop.apply();
                case 2 -> dieAtWork(shop, random);
                default -> {}
            }
        }
        for (Webhook webhook : late) {
            assertThat(shop.send(webhook)).isEqualTo(200);
        }
        workOff(shop);

        assertThat(shop.rows(ROWS)).as("seed %d", seed).isEqualTo(expected);
        assertThat(shop.statuses()).as("seed %d", seed).containsOnly("processed");
    }

    private static void poll(ReadShop read) {
        read.request(read.tenant(), true).path("syncIntegration.userErrors").matchesJson("[]");
        read.waitIsOver();
        read.work();
    }

    /** A node that is gone in the middle of its work, and whose lease then ends. */
    private void dieAtWork(Shop shop, Random random) throws InterruptedException {
        Disposable work =
                queue.work(shop.provider().connection())
                        .contextWrite(TenantContext.of(shop.tenant()))
                        .subscribe();
        Thread.sleep(random.nextInt(40));
        work.dispose();
        endLeases(shop);
    }

    private static void endLeases(Shop shop) {
        TestDatabase.shared()
                .owner()
                .update(
                        """
                        UPDATE integration_events
                        SET claimed_until = now(), next_attempt_at = now()
                        WHERE tenant_id = ? AND status = 'processing'
                        """,
                        shop.tenant().value());
    }

    private static void workOff(Shop shop) {
        Instant giveUp = Instant.now().plus(Duration.ofSeconds(30));
        while (shop.statuses().stream().anyMatch(status -> !status.equals("processed"))
                && Instant.now().isBefore(giveUp)) {
            endLeases(shop);
            shop.apply();
        }
    }
}
