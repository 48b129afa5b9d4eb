package io.customergraph.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Records;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.util.List;

/** An order's items find their product, whichever arrives first, or both at once. */
class OrdersAndProductsTest {

    private static final int PRODUCTS = 60;

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private final Ingestion ingestion = new Ingestion(DATABASE.client(), DATABASE.transaction());
    private final TenantId tenant = DATABASE.newTenant();

    private Mono<List<Resolution>> ingest(SourceRecord record) {
        return ingestion.ingest(List.of(record)).contextWrite(TenantContext.of(tenant));
    }

    private List<Long> unresolved() {
        return DATABASE.owner()
                .queryForList(
                        """
                        SELECT shopify_product_id FROM shopify_order_items
                        WHERE tenant_id = ? AND (product_id IS NULL OR variant_id IS NULL)
                        """,
                        Long.class,
                        tenant.value());
    }

    @Test
    void a_product_that_arrives_after_the_order_is_found() {
        ingest(Records.orderOf(1, 1001)).block();
        assertThat(unresolved()).containsExactly(1L);

        ingest(Records.product(1, 1001)).block();

        assertThat(unresolved()).isEmpty();
    }

    @Test
    void a_variant_that_arrives_after_the_order_and_its_product_is_found() {
        SourceRecord.ShopifyProductRecord product = Records.product(1, 1000);
        ingest(product).block();
        ingest(Records.orderOf(1, 1001)).block();
        assertThat(unresolved()).containsExactly(1L);

        ingest(later(product, 60, Records.product(1, 1001).variants())).block();

        assertThat(unresolved()).isEmpty();
    }

    @Test
    void variants_that_a_product_has_no_more_are_deleted_and_no_others() {
        SourceRecord.ShopifyProductRecord product = Records.product(1, 1000);
        ingest(product).block();
        ingest(Records.product(2, 2000)).block();

        ingest(later(product, 60, Records.product(1, 1001).variants())).block();
        assertThat(variants()).containsExactly(1001L, 2000L);

        ingest(later(product, 120, List.of())).block();
        assertThat(variants()).containsExactly(2000L);
    }

    private List<Long> variants() {
        return DATABASE.owner()
                .queryForList(
                        """
                        SELECT shopify_variant_id FROM shopify_product_variants
                        WHERE tenant_id = ? ORDER BY shopify_variant_id
                        """,
                        Long.class,
                        tenant.value());
    }

    private static SourceRecord later(
            SourceRecord.ShopifyProductRecord of,
            int seconds,
            List<SourceRecord.ShopifyProductRecord.Variant> variants) {
        return new SourceRecord.ShopifyProductRecord(
                Records.later(of.origin(), seconds),
                of.title(),
                of.handle(),
                of.productType(),
                of.status(),
                of.vendor(),
                of.tags(),
                of.publishedAt(),
                variants);
    }

    @Test
    void a_product_that_arrives_at_the_same_time_is_found() {
        Flux.range(1, PRODUCTS)
                .flatMap(
                        n ->
                                Mono.when(
                                        ingest(Records.orderOf(n, 1000 + n))
                                                .subscribeOn(Schedulers.parallel()),
                                        ingest(Records.product(n, 1000 + n))
                                                .subscribeOn(Schedulers.parallel())),
                        4)
                .blockLast();

        assertThat(unresolved()).isEmpty();
    }
}
