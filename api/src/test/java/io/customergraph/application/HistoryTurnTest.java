package io.customergraph.application;

import static io.customergraph.application.ShopifyGoods.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customergraph.ingest.Ingestion;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.sync.HistorySync;
import io.customergraph.provider.sync.SourcePage;
import io.customergraph.provider.sync.SourceReader;
import io.customergraph.sync.GrownTables;
import io.customergraph.sync.SyncPosition;
import io.customergraph.sync.Syncs;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.reactive.TransactionCallback;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Of two pages that are kept at once, one that fails neither hides nor ends the other. */
@CustomerGraphTest
class HistoryTurnTest {

    private static final Instant SPRING = Instant.parse("2026-03-01T10:00:00Z");
    private static final ShopifyDouble SHOP = new ShopifyDouble();

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private HistorySync histories;
    @Autowired private List<SourceReader> readers;
    @Autowired private Syncs syncs;
    @Autowired private DatabaseClient client;
    @Autowired private TransactionalOperator transaction;
    @Autowired private ConnectionAccess access;
    @Autowired private Ingestion ingestion;
    @Autowired private ConnectionHealth health;

    @DynamicPropertySource
    static void the_shop_is_here(DynamicPropertyRegistry properties) {
        properties.add("customergraph.integrations.allow-loopback", () -> "true");
        properties.add("customergraph.integrations.base-urls.shopify", SHOP::baseUrl);
    }

    @BeforeEach
    void begin() {
        SHOP.forget();
        for (int n = 1; n <= 700; n++) {
            SHOP.put("orders", order(n, SPRING.plusSeconds(n), n % 40 + 1, 2, "paid"));
        }
    }

    private HistorySync node(List<SourceReader> by, Ingestion of) {
        return new HistorySync(
                by, syncs, access, of, new GrownTables(client), health, Duration.ofMinutes(15));
    }

    /** Fails with its first batch, and so slowly that another can overtake it. */
    private final class FailsFirst implements TransactionalOperator {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public <T> Flux<T> execute(TransactionCallback<T> action) {
            return asked.getAndIncrement() == 0
                    ? Mono.delay(Duration.ofSeconds(1))
                            .thenMany(Flux.error(new IllegalStateException("no room")))
                    : transaction.execute(action);
        }
    }

    @Test
    void a_page_that_was_not_kept_is_read_again_where_the_next_one_was() {
        ReadShop shop =
                ReadShop.connected(
                        port,
                        tenant,
                        node(readers, new Ingestion(client, new FailsFirst())),
                        ReadShop.BY_PAGES);

        assertThatThrownBy(shop::work).hasMessageContaining("no room");

        assertThat(shop.orders()).as("of the second page").isBetween(1L, 250L);
        shop.sync("orders").matchesJson("{\"records\": 0}");
        ReadShop further = new ReadShop(shop.provider(), tenant, histories);
        further.workToTheEnd();
        assertThat(further.orders()).isEqualTo(700);
    }

    /** Breaks at its second page of orders in a way that nobody expects. */
    private static final class BreaksLater implements SourceReader {
        private final SourceReader reader;
        private final AtomicInteger asked = new AtomicInteger();

        BreaksLater(SourceReader reader) {
            this.reader = reader;
        }

        @Override
        public String provider() {
            return reader.provider();
        }

        @Override
        public List<String> resources() {
            return reader.resources();
        }

        @Override
        public Mono<SourcePage> page(
                OpenConnection connection, String resource, SyncPosition position) {
            return resource.equals("orders") && asked.incrementAndGet() == 2
                    ? Mono.error(new IllegalStateException("broken"))
                    : reader.page(connection, resource, position);
        }
    }

    @Test
    void a_page_that_breaks_ends_none_that_is_being_kept() {
        List<SourceReader> breaking =
                readers.stream()
                        .filter(reader -> reader.provider().equals("shopify"))
                        .<SourceReader>map(BreaksLater::new)
                        .toList();
        ReadShop shop =
                ReadShop.connected(port, tenant, node(breaking, ingestion), ReadShop.BY_PAGES);

        assertThatThrownBy(shop::work).hasMessageContaining("broken");

        long kept = shop.orders();
        assertThat(kept).isPositive();
        shop.sync("orders").matchesJson("{\"records\": " + kept + "}");
        ReadShop further = new ReadShop(shop.provider(), tenant, histories);
        further.workToTheEnd();
        assertThat(further.orders()).isEqualTo(700);
    }
}
