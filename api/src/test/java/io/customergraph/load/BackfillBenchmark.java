package io.customergraph.load;

import io.customergraph.CustomerGraphApplication;
import io.customergraph.application.Provider;
import io.customergraph.application.ShopifyDouble;
import io.customergraph.application.ShopifyGoods;
import io.customergraph.application.ShopifyShelf.Made;
import io.customergraph.application.TestKeyset;
import io.customergraph.config.EmbeddedSettings;
import io.customergraph.config.StatementLog;
import io.customergraph.provider.sync.HistorySync;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The first read of a shop of 5,000 products, 30,000 customers and 100,000 orders of one to four
 * lines, on one machine with everything: the shop, the application, and PostgreSQL with the
 * settings of the embedded one. It is read by a bulk operation, as first reads are, for a tenant of
 * an application that has just started, which Java compiles meanwhile, and then for another tenant;
 * and for a third one by pages of the Admin GraphQL API. What the shop writes is written before.
 * Prints records a second, statements a page or part of a file, and the heap that is used after a
 * collection at the start, in the middle and at the end.
 */
final class BackfillBenchmark {

    private static final int PRODUCTS = Integer.getInteger("customergraph.bench.products", 5_000);
    private static final int CUSTOMERS =
            Integer.getInteger("customergraph.bench.customers", 30_000);
    private static final int ORDERS = Integer.getInteger("customergraph.bench.orders", 100_000);

    private final TestDatabase database = TestDatabase.shared();

    public static void main(String[] arguments) {
        EmbeddedSettings.apply();
        new BackfillBenchmark().run();
        System.exit(0);
    }

    private void run() {
        try (ShopifyDouble shop = new ShopifyDouble()) {
            shop.shelf(
                    "products",
                    new Made(PRODUCTS, n -> ShopifyGoods.product(n, Made.changed(n), 3)));
            shop.shelf(
                    "customers",
                    new Made(CUSTOMERS, n -> ShopifyGoods.customer(n, Made.changed(n))));
            shop.shelf(
                    "orders",
                    new Made(
                            ORDERS,
                            n ->
                                    ShopifyGoods.order(
                                            n,
                                            Made.changed(n),
                                            n * 7919 % CUSTOMERS + 1,
                                            (int) (n % 4) + 1,
                                            "paid")));
            List.of("products", "customers", "orders").forEach(shop::exportAhead);
            try (ConfigurableApplicationContext application = start(shop)) {
                print("an application that has just started, by a bulk operation:");
                read(shop, application, "acme.myshopify.com", "bulk");
                print("the same one, another tenant:");
                read(shop, application, "bolt.myshopify.com", "bulk");
                print("the same one, a third tenant, by pages:");
                read(shop, application, "cord.myshopify.com", "pages");
            }
        }
    }

    private void read(
            ShopifyDouble shop,
            ConfigurableApplicationContext application,
            String domain,
            String how) {
        TenantId tenant = database.newTenant();
        Provider.connected(
                Integer.parseInt(
                        Objects.requireNonNull(
                                application.getEnvironment().getProperty("local.server.port"))),
                tenant,
                "shopify",
                Map.of(
                        "shop",
                        domain,
                        "access_token",
                        "shpat_0123456789abcdef0123456789abcdef",
                        "first_read",
                        how));
        read(
                shop,
                application.getBean(HistorySync.class),
                application.getBean(StatementLog.class),
                tenant);
    }

    private ConfigurableApplicationContext start(ShopifyDouble shop) {
        List<String> settings = new ArrayList<>();
        database.applicationProperties()
                .forEach((name, value) -> settings.add("--" + name + "=" + value));
        settings.add("--spring.profiles.active=test");
        settings.add("--server.port=0");
        settings.add("--customergraph.public-url=https://api.example.com");
        settings.add("--customergraph.bodies.directory=target/bench-bodies");
        settings.add("--customergraph.secrets.keyset=" + TestKeyset.SERIALIZED);
        settings.add("--customergraph.syncs.enabled=false");
        settings.add("--customergraph.matching.queue-interval=1h");
        settings.add("--customergraph.integrations.allow-loopback=true");
        settings.add("--customergraph.integrations.base-urls.shopify=" + shop.baseUrl());
        return new SpringApplicationBuilder(CustomerGraphApplication.class, StatementLog.class)
                .run(settings.toArray(String[]::new));
    }

    private void read(
            ShopifyDouble shop, HistorySync histories, StatementLog statements, TenantId tenant) {
        long all = (long) PRODUCTS + CUSTOMERS + ORDERS;
        print("%,8.1f MB of heap at the start".formatted(usedMegabytes()));
        long nanos = 0;
        boolean isBeforeTheMiddle = true;
        long records = 0;
        while (records < all) {
            long asked = asked(shop);
            long before = records;
            long start = System.nanoTime();
            List<String> sent =
                    statements.during(
                            () -> histories.work().contextWrite(TenantContext.of(tenant)).block());
            long took = System.nanoTime() - start;
            nanos += took;
            records = records(tenant);
            long pages = asked(shop) - asked;
            if (records == before) {
                continue;
            }
            print(
                    "%,8d records, %,.0f a second, %.1f statements a page of %.0f"
                            .formatted(
                                    records,
                                    (records - before) * 1e9 / took,
                                    (double) sent.size() / pages,
                                    (double) (records - before) / pages));
            if (isBeforeTheMiddle && records > all / 2) {
                isBeforeTheMiddle = false;
                print("%,8.1f MB of heap in the middle".formatted(usedMegabytes()));
            }
        }
        print("%,8.1f MB of heap at the end".formatted(usedMegabytes()));
        print(
                "%,d records of which %,d orders in %.1f s: %,.0f a second; customers %,d"
                        .formatted(
                                records,
                                ORDERS,
                                nanos / 1e9,
                                records * 1e9 / nanos,
                                count(
                                        "SELECT count(*) FROM customers WHERE tenant_id = ?",
                                        tenant)));
    }

    private long asked(ShopifyDouble shop) {
        return shop.asked().stream().filter(ShopifyDouble.Asked::isOfRecords).count();
    }

    private long records(TenantId tenant) {
        return count("SELECT count(*) FROM shopify_products WHERE tenant_id = ?", tenant)
                + count("SELECT count(*) FROM shopify_customers WHERE tenant_id = ?", tenant)
                + count("SELECT count(*) FROM shopify_orders WHERE tenant_id = ?", tenant);
    }

    private long count(String sql, TenantId tenant) {
        return Objects.requireNonNull(
                database.owner().queryForObject(sql, Long.class, tenant.value()));
    }

    private static double usedMegabytes() {
        for (int n = 0; n < 3; n++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
