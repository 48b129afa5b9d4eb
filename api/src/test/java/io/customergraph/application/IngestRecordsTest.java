package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.test.tester.GraphQlTester.Response;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class IngestRecordsTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private static final String INGEST =
            """
            mutation ($input: IngestRecordsInput!) {
              done: ingestRecords(input: $input) {
                results { index id status customerId errors { code field message } }
                accepted rejected userErrors { code field message } } }
            """;

    private final TenantId tenant = DATABASE.newTenant();

    @Value("${local.server.port}")
    private int port;

    private Response ingest(TenantId as, String connection, List<Map<String, Object>> records) {
        return TestKeys.client(port, as, Scope.CUSTOMERS_WRITE)
                .mutate()
                .webTestClient(client -> client.responseTimeout(Duration.ofSeconds(60)))
                .build()
                .document(INGEST)
                .variable("input", Map.of("connectionId", connection, "records", records))
                .execute();
    }

    private static Map<String, Object> transaction(String id, String currency, Object amount) {
        return Map.of(
                "transaction",
                Map.of(
                        "id",
                        id,
                        "updatedAt",
                        "2026-11-20T10:00:00Z",
                        "status",
                        "PARTLY_REFUNDED",
                        "refunded",
                        "1.250",
                        "amount",
                        Map.of("amount", amount, "currency", currency),
                        "person",
                        Map.of("name", "ليلى 🌙", "email", "layla@example.com")));
    }

    private static Map<String, Object> prospect(int n) {
        return Map.of(
                "prospect",
                Map.of(
                        "id",
                        "p" + n,
                        "updatedAt",
                        "2026-11-20T10:00:00Z",
                        "status",
                        "NEW",
                        "person",
                        Map.of("email", "p" + n + "@example.com")));
    }

    private String connection() {
        return PushingSystem.connected(port, tenant).provider().globalId();
    }

    private long rows(String table) {
        return DATABASE.owner()
                .queryForList(
                        "SELECT count(*) FROM " + table + " WHERE tenant_id = ?",
                        Long.class,
                        tenant.value())
                .getFirst();
    }

    @Test
    void records_are_taken_and_those_that_are_not_say_where() {
        Response done =
                ingest(
                        tenant,
                        connection(),
                        List.of(
                                transaction("1", "KWD", "12.500"),
                                transaction("2", "XQQ", "12.500"),
                                transaction("3", "KWD", "1E+999999"),
                                transaction("4", "KWD", "1.23456")));

        done.path("done.accepted").entity(Integer.class).isEqualTo(1);
        done.path("done.rejected").entity(Integer.class).isEqualTo(3);
        done.path("done.results[0].status").entity(String.class).isEqualTo("CREATED");
        done.path("done.results[1].errors[0].code")
                .entity(String.class)
                .isEqualTo("UNKNOWN_CURRENCY");
        done.path("done.results[1].errors[0].field")
                .entityList(String.class)
                .containsExactly("input", "records", "1", "transaction", "amount", "currency");
        done.path("done.results[2].errors[0].code").entity(String.class).isEqualTo("INVALID");
        done.path("done.results[3].errors[0].code").entity(String.class).isEqualTo("INVALID");
        assertThat(rows("transactions")).isEqualTo(1);
    }

    @Test
    void the_same_record_by_http_and_by_graphql_is_one() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String body =
                """
                {"version": "1", "records": [{"type": "transaction", "id": "1",
                 "updatedAt": "2026-11-20T10:00:00Z", "status": "partly_refunded",
                 "amount": {"amount": "12.500", "currency": "KWD"}, "refunded": "1.250",
                 "person": {"name": "ليلى 🌙", "email": "layla@example.com"}}]}
                """;
        assertThat(booking.push(body).body()).contains("created");

        ingest(tenant, booking.provider().globalId(), List.of(transaction("1", "KWD", "12.500")))
                .path("done.results[0].status")
                .entity(String.class)
                .isEqualTo("UNCHANGED");
    }

    @Test
    void a_thousand_records_are_taken_at_once_and_no_more() {
        String connection = connection();

        ingest(
                        tenant,
                        connection,
                        IntStream.range(0, 1_000).mapToObj(IngestRecordsTest::prospect).toList())
                .path("done.accepted")
                .entity(Integer.class)
                .isEqualTo(1_000);
        ingest(
                        tenant,
                        connection,
                        IntStream.range(0, 1_001).mapToObj(IngestRecordsTest::prospect).toList())
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("INVALID");
        assertThat(rows("prospects")).isEqualTo(1_000);
    }

    @Test
    void nobody_pushes_into_the_connection_of_another_tenant() {
        String connection = connection();

        ingest(DATABASE.newTenant(), connection, List.of(prospect(1)))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("NOT_FOUND");
        assertThat(rows("prospects")).isZero();
    }

    @Test
    void a_connection_of_another_provider_and_a_paused_one_take_none() {
        Provider helpdesk =
                Provider.connected(
                        port,
                        tenant,
                        "freshdesk",
                        Map.of("domain", "acme.freshdesk.com", "api_key", "Qm9uZXRlcmljLWtleQ"));
        ingest(tenant, helpdesk.globalId(), List.of(prospect(1)))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("BLOCKED");

        PushingSystem booking = PushingSystem.connected(port, tenant);
        DATABASE.owner()
                .update(
                        "UPDATE integration_connections SET status = 'paused' WHERE id = ?",
                        booking.provider().connection());
        ingest(tenant, booking.provider().globalId(), List.of(prospect(1)))
                .path("done.userErrors[0].code")
                .entity(String.class)
                .isEqualTo("BLOCKED");
        assertThat(rows("prospects")).isZero();
    }

    @Test
    void two_kinds_in_one_record_and_a_missing_scope_are_errors() {
        Map<String, Object> two =
                Map.of(
                        "prospect",
                        prospect(1).getOrDefault("prospect", Map.of()),
                        "transaction",
                        transaction("1", "KWD", "1").getOrDefault("transaction", Map.of()));
        ingest(tenant, connection(), List.of(two))
                .errors()
                .satisfy(errors -> assertThat(errors).isNotEmpty());

        TestKeys.client(port, tenant, Scope.CUSTOMERS_READ)
                .document(INGEST)
                .variable(
                        "input",
                        Map.of("connectionId", connection(), "records", List.of(prospect(1))))
                .execute()
                .errors()
                .satisfy(errors -> assertThat(errors).isNotEmpty());
        assertThat(rows("prospects")).isZero();
    }
}
