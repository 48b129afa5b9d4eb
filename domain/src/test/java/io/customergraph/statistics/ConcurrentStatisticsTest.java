package io.customergraph.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.RepeatedTest;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class ConcurrentStatisticsTest {

    private static final int BATCHES = 8;
    private static final int CUSTOMERS = 40;

    private static final String ORDERS =
            """
            INSERT INTO shopify_orders (
                tenant_id, id, source_account, shopify_order_id, customer_id, total_price, currency,
                financial_status, created_at, updated_at, content_hash)
            SELECT ?, gen_random_uuid(), 'shop', ? * 100000 + n, customer, 2.5, 'SAR', 'paid',
                   '2026-01-01Z', now(), ''
            FROM unnest(?) WITH ORDINALITY AS c (customer, n)
            """;

    private final StatisticsRows rows = new StatisticsRows();
    private final JdbcTemplate database = TestDatabase.shared().owner();

    /** Each batch has the same customers in an order of its own, which is what deadlocks. */
    @RepeatedTest(3)
    void eight_batches_about_the_same_customers_all_pass_and_count_exactly() throws Exception {
        List<UUID> customers = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.add(rows.customer());
        }
        List<Callable<Integer>> batches = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            int number = batch;
            List<UUID> shuffled = new ArrayList<>(customers);
            Collections.shuffle(shuffled, new Random(number));
            UUID[] inThisOrder = shuffled.toArray(UUID[]::new);
            batches.add(() -> database.update(ORDERS, rows.tenant(), number, inThisOrder));
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(BATCHES)) {
            for (Future<Integer> written : threads.invokeAll(batches)) {
                assertThat(written.get()).isEqualTo(CUSTOMERS);
            }
        }

        assertThat(customers)
                .allSatisfy(
                        customer -> {
                            assertThat(rows.counts(customer)).isEqualTo("0 0 0 " + BATCHES);
                            assertThat(rows.lifetimeValue(customer)).containsEntry("SAR", "20");
                        });
    }
}
