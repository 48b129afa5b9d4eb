package io.customergraph.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Plans;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.UUID;

/** A page of customers is read off an index, from the cursor on, in each order and direction. */
class CustomerListPlanTest {

    private static final TenantId TENANT = TestDatabase.shared().newTenant();

    @ParameterizedTest
    @CsvSource({
        "CREATED_AT, customers_created",
        "UPDATED_AT, customers_updated",
        "LAST_CONTACT_AT, customers_last_contact",
        "NAME, customers_name"
    })
    void an_order_has_an_index_that_starts_at_the_cursor(CustomerSort.By by, String index) {
        String key = by == CustomerSort.By.NAME ? "alharbi" : Instant.EPOCH.toString();
        CustomerListCursor cursor = new CustomerListCursor(key, UUID.randomUUID());
        for (boolean isDescending : new boolean[] {true, false}) {
            for (boolean isBackward : new boolean[] {true, false}) {
                String plan = plan(new CustomerSort(by, isDescending), isBackward, cursor);

                assertThat(plan)
                        .containsPattern("Index Scan (Backward )?using " + index + " ")
                        .containsPattern("Index Cond: .*tenant_id.*ROW\\(")
                        .doesNotContain("Sort");
                assertThat(plan(new CustomerSort(by, isDescending), isBackward, null))
                        .containsPattern("Index Scan (Backward )?using " + index + " ")
                        .doesNotContain("Sort");
            }
        }
    }

    private static String plan(
            CustomerSort sort, boolean isBackward, @Nullable CustomerListCursor cursor) {
        CustomerList.Statement statement =
                new CustomerList.Statement(
                        new CustomerList.Request(
                                null, CustomerFilter.NONE, sort, 50, isBackward, cursor));
        String sql = "EXPLAIN " + statement.page();
        return Plans.of(
                TENANT, client -> statement.bind(client.sql(sql), TENANT).bind("limit", 51));
    }
}
