package io.customergraph.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.paging.PageRequest;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.Plans;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** The lists of calls and hours are read off indexes, of one connection as of all. */
class CallPlanTest {

    private static final TenantId TENANT = TestDatabase.shared().newTenant();
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

    /** Of empty tables every index is as good as any other. */
    @BeforeAll
    static void much_is_called() {
        JdbcTemplate owner = TestDatabase.shared().owner();
        String tenant = TENANT.value();
        owner.update(
                """
                INSERT INTO integration_connections (
                    tenant_id, id, provider, name, environment, account, status)
                SELECT ?, gen_random_uuid(), 'freshdesk', 'Desk', 'production', 'd' || i, 'active'
                FROM generate_series(1, 20) AS i
                """,
                tenant);
        owner.update(
                """
                INSERT INTO integration_api_logs (
                    tenant_id, id, connection_id, method, host, path, status, attempt, duration_ms,
                    occurred_at)
                SELECT c.tenant_id, gen_random_uuid(), c.id, 'GET', 'desk.example', '/',
                       CASE WHEN i % 2 = 0 THEN 500 ELSE 200 END, 1, i,
                       timestamptz '2026-04-30 12:00Z' - make_interval(mins => i)
                FROM integration_connections c, generate_series(1, 2000) AS i
                WHERE c.tenant_id = ?
                """,
                tenant);
        owner.update(
                """
                INSERT INTO integration_metrics_hourly (
                    tenant_id, connection_id, hour, metric, count, failures, duration_ms, longest_ms)
                SELECT c.tenant_id, c.id,
                       timestamptz '2026-04-30 12:00Z' - make_interval(hours => i),
                       'api_call', 1, 0, 1, 1
                FROM integration_connections c, generate_series(1, 500) AS i
                WHERE c.tenant_id = ?
                """,
                tenant);
        owner.execute("ANALYZE integration_api_logs, integration_metrics_hourly");
    }

    @ParameterizedTest
    @CsvSource({
        "true, integration_api_logs_newest",
        "false, integration_api_logs_of_tenant",
    })
    void a_page_of_calls_starts_in_an_index_at_the_cursor(boolean isOfOne, String index) {
        ApiCalls.Filter filter = filter(isOfOne ? UUID.randomUUID() : null);
        for (boolean isBackward : new boolean[] {false, true}) {
            PageRequest page = new PageRequest(10, isBackward, null, null);
            String sql =
                    isBackward ? filter.statements().backward() : filter.statements().forward();
            String plan =
                    Plans.of(
                            TENANT,
                            client ->
                                    ApiCalls.pageOf(
                                            client.sql("EXPLAIN " + sql),
                                            TENANT.value(),
                                            filter,
                                            page));

            assertThat(plan)
                    .contains(index)
                    .containsPattern("Index Cond: .*ROW\\(")
                    .doesNotContain("Sort")
                    .doesNotContain("Seq Scan");
        }
    }

    @Test
    void hours_are_read_as_ranges_of_indexes() {
        String ofConnections =
                Plans.of(
                        TENANT,
                        client ->
                                client.sql("EXPLAIN " + IntegrationMetrics.OF_CONNECTIONS)
                                        .bind("connections", new UUID[] {UUID.randomUUID()})
                                        .bind("tenant", TENANT.value())
                                        .bind("length", 3600.0)
                                        .bind("from", NOW.minus(Duration.ofDays(1)))
                                        .bind("to", NOW));
        String ofTenant =
                Plans.of(
                        TENANT,
                        client ->
                                client.sql("EXPLAIN " + IntegrationMetrics.OF_TENANT)
                                        .bind("tenant", TENANT.value())
                                        .bind("length", 3600.0)
                                        .bind("from", NOW.minus(Duration.ofDays(1)))
                                        .bind("to", NOW));

        assertThat(ofConnections)
                .containsPattern("Index Cond: .*connection_id.*hour")
                .doesNotContain("Seq Scan");
        assertThat(ofTenant)
                .contains("integration_metrics_hourly_age")
                .containsPattern("Index Cond: .*hour")
                .doesNotContain("Seq Scan");
    }

    private static ApiCalls.Filter filter(@Nullable UUID connection) {
        return new ApiCalls.Filter(
                connection,
                NOW.minus(Duration.ofDays(90)),
                NOW,
                Set.of(CallOutcome.FAILED),
                500,
                10);
    }
}
