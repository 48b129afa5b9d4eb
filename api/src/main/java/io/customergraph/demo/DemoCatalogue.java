package io.customergraph.demo;

import io.customergraph.ingest.Origin;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord;
import io.customergraph.ingest.SourceRecord.ShopifyProductRecord;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the demo's shops sell. */
final class DemoCatalogue {

    private static final int PRODUCTS = 200;
    private static final long FIRST_PRODUCT_ID = 8_000_000_000L;
    private static final long FIRST_VARIANT_ID = 8_500_000_000L;
    private static final Instant ADDED = Instant.parse("2024-01-15T08:00:00Z");
    private static final List<String> THINGS =
            List.of("Lamp", "Carpet", "Cup", "Scarf", "Chair", "Perfume", "Bag", "Watch");
    private static final List<String> COLOURS =
            List.of("Blue", "Red", "Green", "Black", "White", "Gold", "Silver", "Brown");

    private DemoCatalogue() {}

    static Stream<DemoRecord> products(DemoTenant tenant, long seed) {
        return tenant.shops().stream()
                .flatMap(
                        shop ->
                                IntStream.range(0, PRODUCTS)
                                        .mapToObj(
                                                n ->
                                                        new DemoRecord(
                                                                product(shop, n),
                                                                DemoRecord.NOBODY)));
    }

    private static ShopifyProductRecord product(DemoTenant.Shop shop, int n) {
        return new ShopifyProductRecord(
                new Origin(
                        "shopify",
                        shop.domain(),
                        Long.toString(FIRST_PRODUCT_ID + n),
                        ADDED,
                        ADDED),
                title(n),
                "product-" + n,
                THINGS.get(n % THINGS.size()),
                "active",
                "CustomerGraph Demo",
                List.of(),
                ADDED,
                List.of(
                        new ShopifyProductRecord.Variant(
                                FIRST_VARIANT_ID + n,
                                "Default",
                                "SKU-" + n,
                                price(n),
                                null,
                                shop.currency(),
                                ADDED,
                                ADDED)));
    }

    /** A line of an order for some product. */
    static ShopifyOrderRecord.Item item(
            long lineItemId, SplittableRandom random, DemoTenant.Shop shop) {
        int n = random.nextInt(PRODUCTS);
        return new ShopifyOrderRecord.Item(
                lineItemId,
                FIRST_PRODUCT_ID + n,
                FIRST_VARIANT_ID + n,
                title(n),
                "Default",
                "SKU-" + n,
                shop.domain(),
                1 + random.nextInt(3),
                price(n),
                BigDecimal.ZERO);
    }

    private static String title(int n) {
        return COLOURS.get(n / THINGS.size() % COLOURS.size())
                + " "
                + THINGS.get(n % THINGS.size())
                + " "
                + (n + 1);
    }

    private static BigDecimal price(int n) {
        return BigDecimal.valueOf(950 + 125L * n, 2);
    }
}
