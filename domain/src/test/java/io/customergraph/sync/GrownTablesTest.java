package io.customergraph.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;

import java.util.Objects;

class GrownTablesTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final GrownTables tables = new GrownTables(DATABASE.client());
    private final TenantId tenant = DATABASE.newTenant();

    private void analyze() {
        tables.analyze().contextWrite(TenantContext.of(tenant)).block();
    }

    private long number(String sql) {
        return Objects.requireNonNull(DATABASE.owner().queryForObject(sql, Long.class));
    }

    private long timesAnalyzed() {
        return number("SELECT pg_stat_get_analyze_count('customers'::regclass)");
    }

    private void add(long customers) {
        DATABASE.owner()
                .update(
                        """
                        INSERT INTO customers (tenant_id, id, source, sort_name)
                        SELECT ?, gen_random_uuid(), 'manual', '' FROM generate_series(1, ?)
                        """,
                        tenant.value(),
                        customers);
    }

    @Test
    void a_table_that_became_twice_as_large_is_counted_and_not_again_before_it_grows() {
        analyze();
        long before = timesAnalyzed();
        long known =
                number("SELECT greatest(reltuples, 500) FROM pg_class WHERE relname = 'customers'");

        add(known + 600);

        // A backend tells of what it wrote a little later.
        await().until(
                        () -> {
                            analyze();
                            return timesAnalyzed() > before;
                        });
        assertThat(number("SELECT reltuples FROM pg_class WHERE relname = 'customers'"))
                .isGreaterThan(known);
        long counted = timesAnalyzed();

        add(5);
        analyze();

        assertThat(timesAnalyzed()).isEqualTo(counted);
    }
}
