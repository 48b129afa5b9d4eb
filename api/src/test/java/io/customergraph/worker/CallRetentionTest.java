package io.customergraph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class CallRetentionTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final List<TenantId> tenants = Stream.generate(DATABASE::newTenant).limit(3).toList();

    @BeforeEach
    void calls_and_hours_of_all_ages() {
        for (TenantId tenant : tenants) {
            UUID connection = UUID.randomUUID();
            DATABASE.owner()
                    .update(
                            """
                            INSERT INTO integration_connections (
                                tenant_id, id, provider, name, environment, account, status)
                            VALUES (?, ?, 'freshdesk', 'Desk', 'production', 'desk', 'active')
                            """,
                            tenant.value(),
                            connection);
            DATABASE.owner()
                    .update(
                            """
                            INSERT INTO integration_api_logs (
                                tenant_id, id, connection_id, method, host, path, status, attempt,
                                duration_ms, occurred_at)
                            SELECT ?, gen_random_uuid(), ?, 'GET', 'desk.example', '/', 200, 1, 1,
                                   now() - make_interval(days => age)
                            FROM unnest(ARRAY[0, 9, 11, 12, 100]) AS age
                            """,
                            tenant.value(),
                            connection);
            DATABASE.owner()
                    .update(
                            """
                            INSERT INTO integration_metrics_hourly (
                                tenant_id, connection_id, hour, metric, count, failures,
                                duration_ms, longest_ms)
                            SELECT ?, ?, date_trunc('hour', now(), 'UTC') - make_interval(days => age),
                                   'api_call', 1, 0, 1, 1
                            FROM unnest(ARRAY[0, 19, 21, 22, 100]) AS age
                            """,
                            tenant.value(),
                            connection);
        }
    }

    private static CallRetention retention() {
        return new CallRetention(
                DATABASE.unbound(),
                new DeliverySettings(
                        true,
                        2,
                        Duration.ofHours(1),
                        5,
                        DataSize.ofMegabytes(1),
                        Duration.ofMinutes(1),
                        3,
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofDays(10),
                        Duration.ofDays(20)));
    }

    private static List<Integer> ages(TenantId tenant, String column, String table) {
        return DATABASE.owner()
                .queryForList(
                        "SELECT round(extract(epoch FROM now() - %s) / 86400)::integer AS age FROM %s"
                                        .formatted(column, table)
                                + " WHERE tenant_id = ? ORDER BY age",
                        Integer.class,
                        tenant.value());
    }

    @Test
    void what_is_older_than_is_kept_goes_from_every_tenant_and_the_rest_stays() {
        retention().cleanUp().block();

        for (TenantId tenant : tenants) {
            assertThat(ages(tenant, "occurred_at", "integration_api_logs")).containsExactly(0, 9);
            assertThat(ages(tenant, "hour", "integration_metrics_hourly")).containsExactly(0, 19);
        }
        retention().cleanUp().block();
        assertThat(ages(tenants.getFirst(), "occurred_at", "integration_api_logs")).hasSize(2);
    }

    @Test
    void one_part_deletes_no_more_of_each_than_it_is_told_to() {
        retention().cleanUp().block();
        moveCallsAYearBack();

        assertThat(deleted(2)).isEqualTo(2);
        assertThat(deleted(2)).isEqualTo(2);
        assertThat(deleted(100)).isEqualTo(2);
        assertThat(deleted(100)).isZero();
    }

    private void moveCallsAYearBack() {
        for (TenantId tenant : tenants) {
            DATABASE.owner()
                    .update(
                            """
                            UPDATE integration_api_logs SET occurred_at = occurred_at - interval '1 year'
                            WHERE tenant_id = ?
                            """,
                            tenant.value());
        }
    }

    private static int deleted(int atMost) {
        Integer count =
                DATABASE.owner()
                        .queryForObject(
                                """
                                SELECT cleanup_old_integration_calls(
                                    now() - interval '300 days', now() - interval '10 years', ?)
                                """,
                                Integer.class,
                                atMost);
        return count == null ? -1 : count;
    }
}
