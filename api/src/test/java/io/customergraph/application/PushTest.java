package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.config.StatementLog;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class PushTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OTHER_SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private final TenantId tenant = DATABASE.newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private StatementLog log;

    private static String body(String... records) {
        return "{\"version\": \"1\", \"records\": [" + String.join(",", records) + "]}";
    }

    private static String appointment(String id, String email, String updatedAt) {
        return """
        {"type": "appointment", "id": "%s", "updatedAt": "%s", "startsAt": "2026-12-01T10:00:00+03:00",
         "status": "confirmed", "service": "Fitting",
         "person": {"id": "p-%s", "name": "Layla Haddad", "email": "%s"}}
        """
                .formatted(id, updatedAt, id, email);
    }

    private static String appointment(String id, String email) {
        return appointment(id, email, "2026-11-20T10:00:00Z");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private static JsonNode results(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("results");
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
    void every_kind_of_record_becomes_the_record_of_one_customer() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String person = "\"person\": {\"name\": \"ليلى حداد 🌙\", \"phone\": \"050 111 2223\"}";
        String common = "\"updatedAt\": \"2026-11-20T10:00:00.123456789+03:00\", " + person;

        HttpResponse<String> answer =
                booking.push(
                        body(
                                "{\"type\": \"prospect\", \"id\": \"9007199254740993\","
                                        + " \"status\": \"new\", "
                                        + common
                                        + "}",
                                "{\"type\": \"appointment\", \"id\": \"1\", \"status\":"
                                    + " \"no_show\", \"startsAt\": \"2026-12-01T10:00:00+03:00\","
                                    + " \"durationMinutes\": 45, "
                                        + common
                                        + "}",
                                "{\"type\": \"conversation\", \"id\": \"1\", \"channel\": \"chat\","
                                        + " \"status\": \"open\", \"messages\": [{\"id\": \"m\","
                                        + " \"direction\": \"inbound\", \"text\": \"مرحبا 👋\","
                                        + " \"sentAt\": \"2026-11-20T09:59:00Z\"}], "
                                        + common
                                        + "}",
                                "{\"type\": \"ticket\", \"id\": \"1\", \"status\": \"open\","
                                        + " \"tags\": [\"vip\"], "
                                        + common
                                        + "}",
                                "{\"type\": \"transaction\", \"id\": \"1\", \"status\": \"paid\","
                                        + " \"amount\": {\"amount\": \"12.500\", \"currency\":"
                                        + " \"KWD\"}, "
                                        + common
                                        + "}",
                                "{\"type\": \"enrollment\", \"id\": \"1\", \"status\": \"active\","
                                        + " \"program\": \"عربي\", \"enrolledAt\":"
                                        + " \"2026-11-01T00:00:00Z\", "
                                        + common
                                        + "}"));

        JsonNode results = results(answer);
        assertThat(results.get(0).path("status").asString()).isEqualTo("created");
        assertThat(results.get(0).path("id").asString()).isEqualTo("9007199254740993");
        Set<String> customers = new HashSet<>();
        results.forEach(one -> customers.add(one.path("customerId").asString()));
        assertThat(customers).hasSize(1);
        assertThat(json(answer).path("accepted").asInt()).isEqualTo(6);
        Map<String, @Nullable Object> stored =
                DATABASE.owner()
                        .queryForMap(
                                """
                                SELECT t.amount::text, t.currency, t.source_type, t.source_account,
                                       t.customer_phone, m.body, p.external_id
                                FROM transactions t
                                JOIN omni_messages m ON m.tenant_id = t.tenant_id
                                JOIN prospects p ON p.tenant_id = t.tenant_id
                                WHERE t.tenant_id = ?
                                """,
                                tenant.value());
        assertThat(stored)
                .containsEntry("amount", "12.5000")
                .containsEntry("currency", "KWD")
                .containsEntry("source_type", "custom")
                .containsEntry("source_account", "booking")
                .containsEntry("customer_phone", "+966501112223")
                .containsEntry("body", "مرحبا 👋")
                .containsEntry("external_id", "9007199254740993");
    }

    @Test
    void three_bad_records_among_a_thousand_do_not_stop_the_others() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String[] records =
                IntStream.range(0, 1_000)
                        .mapToObj(n -> appointment("a" + n, "person" + n % 400 + "@example.com"))
                        .toArray(String[]::new);
        records[7] = records[7].replace("\"confirmed\"", "\"perhaps\"");
        records[500] = records[500].replace("\"Fitting\"", "17");
        records[999] = "\"no record at all\"";

        HttpResponse<String> answer = booking.push(body(records));

        JsonNode results = results(answer);
        assertThat(results.size()).isEqualTo(1_000);
        assertThat(json(answer).path("accepted").asInt()).isEqualTo(997);
        assertThat(json(answer).path("rejected").asInt()).isEqualTo(3);
        assertThat(results.get(7).path("errors").get(0).path("field").asString())
                .isEqualTo("/records/7/status");
        assertThat(results.get(500).path("errors").get(0).path("field").asString())
                .isEqualTo("/records/500/service");
        assertThat(results.get(999).path("errors").get(0).path("field").asString())
                .isEqualTo("/records/999");
        assertThat(results.get(999).path("id").isNull()).isTrue();
        for (int n = 0; n < 1_000; n++) {
            assertThat(results.get(n).path("index").asInt()).isEqualTo(n);
        }
        assertThat(rows("appointments")).isEqualTo(997);
        assertThat(rows("customers")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "1e9999999999",
                "-1e-9999999999",
                "1e400",
                "LONG",
                "LONG.5",
                "DEEP"
            })
    void a_number_beyond_all_numbers_is_one_records_matter(String name) {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String number =
                name.replace("LONG", "9".repeat(5_000))
                        .replace("DEEP", "[".repeat(30) + "]".repeat(30));

        HttpResponse<String> answer =
                booking.push(
                        body(
                                appointment("1", "layla@example.com"),
                                appointment("2", "omar@example.com")
                                        .replace("\"service\"", "\"durationMinutes\"")
                                        .replace("\"Fitting\"", number)));

        assertThat(results(answer).get(0).path("status").asString()).isEqualTo("created");
        assertThat(results(answer).get(1).path("errors").get(0).path("field").asString())
                .isEqualTo("/records/1/durationMinutes");
    }

    @Test
    void the_number_of_statements_does_not_depend_on_the_number_of_records() {
        PushingSystem booking = PushingSystem.connected(port, tenant);

        List<String> few = statements(() -> results(booking.push(body(many("few", 2)))));
        List<String> many = statements(() -> results(booking.push(body(many("many", 500)))));

        assertThat(many).hasSameSizeAs(few).hasSizeBetween(5, 40);
    }

    /** From where the request is begun to where its answer is kept. */
    private List<String> statements(Runnable push) {
        List<String> all = log.during(push);
        int first = -1;
        int last = -1;
        for (int n = 0; n < all.size(); n++) {
            first = first < 0 && all.get(n).contains("INSERT INTO integration_pushes") ? n : first;
            last = all.get(n).contains("UPDATE integration_pushes") ? n : last;
        }
        return all.subList(first, last + 1);
    }

    private static String[] many(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> appointment(name + n, name + n + "@example.com"))
                .toArray(String[]::new);
    }

    @Test
    void the_same_request_again_has_the_same_answer_and_is_applied_once() throws Exception {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String body = body(appointment("1", "layla@example.com"), "{\"type\": \"ticket\"}");

        Set<String> answers;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<HttpResponse<String>>> all =
                    IntStream.range(0, 4)
                            .mapToObj(n -> threads.submit(() -> booking.push(body, "msg_1")))
                            .toList();
            answers = new HashSet<>();
            for (Future<HttpResponse<String>> one : all) {
                assertThat(one.get().statusCode()).isEqualTo(200);
                answers.add(one.get().body());
            }
        }

        assertThat(answers).hasSize(1);
        assertThat(answers.iterator().next()).contains("\"created\"").contains("\"rejected\"");
        assertThat(rows("appointments")).isEqualTo(1);
        assertThat(rows("integration_pushes")).isEqualTo(1);
        assertThat(booking.push(body + " ", "msg_1").statusCode()).isEqualTo(400);
        assertThat(results(booking.push(body, "msg_2")).get(0).path("status").asString())
                .isEqualTo("unchanged");
    }

    @Test
    void an_older_version_changes_nothing_and_says_so() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        results(booking.push(body(appointment("1", "l@example.com", "2026-11-20T10:00:00Z"))));

        JsonNode older =
                results(
                                booking.push(
                                        body(
                                                appointment(
                                                        "1",
                                                        "x@example.com",
                                                        "2026-11-19T10:00:00Z"))))
                        .get(0);

        assertThat(older.path("status").asString()).isEqualTo("unchanged");
        assertThat(older.path("errors").get(0).path("code").asString()).isEqualTo("OLDER_VERSION");
        assertThat(rows("customers")).isEqualTo(1);
    }

    @Test
    void whoever_is_not_genuine_has_one_answer() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        PushingSystem foreign = PushingSystem.connected(port, DATABASE.newTenant());
        DATABASE.owner()
                .update(
                        "UPDATE integration_connections SET status = 'disconnected',"
                                + " disconnected_at = now() WHERE id = ?",
                        foreign.provider().connection());
        PushingSystem disabled = PushingSystem.connected(port, DATABASE.newTenant());
        configure(disabled, "isEnabled: false");
        String body = body(appointment("1", "layla@example.com"));
        Instant now = Instant.now();
        String time = String.valueOf(now.getEpochSecond());
        Provider helpdesk =
                Provider.connected(
                        port,
                        tenant,
                        "freshdesk",
                        Map.of(
                                "domain",
                                "acme.freshdesk.com",
                                "api_key",
                                "Qm9uZXRlcmljLWtleQ",
                                "webhook_secret",
                                "a-long-random-text-01"));
        PushingSystem notPushing =
                new PushingSystem(
                        new Provider(port, "custom", helpdesk.connection(), helpdesk.globalId()));

        List<HttpResponse<String>> refused =
                List.of(
                        booking.push(
                                body, "m", now.minus(Duration.ofMinutes(6)), PushingSystem.SECRET),
                        booking.push(
                                body, "m", now.plus(Duration.ofMinutes(6)), PushingSystem.SECRET),
                        booking.push(body, "m", now, OTHER_SECRET),
                        booking.send(body, "m", time, "v1,"),
                        booking.send(
                                body,
                                "n",
                                time,
                                "v1,"
                                        + PushingSystem.signature(
                                                PushingSystem.SECRET, "m", time, body)),
                        booking.provider().deliver(body),
                        foreign.push(body),
                        disabled.push(body),
                        notPushing.push(body));

        assertThat(refused).allMatch(answer -> answer.statusCode() == 401);
        assertThat(
                        refused.stream()
                                .map(
                                        answer ->
                                                answer.body()
                                                        .replaceFirst(
                                                                "\"correlationId\":\"[^\"]*\"", ""))
                                .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(rows("customers")).isZero();
    }

    @Test
    void one_of_several_signatures_is_enough() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String body = body(appointment("1", "layla@example.com"));
        String time = String.valueOf(Instant.now().getEpochSecond());
        String both =
                "v1,"
                        + PushingSystem.signature(OTHER_SECRET, "m", time, body)
                        + " v1,"
                        + PushingSystem.signature(PushingSystem.SECRET, "m", time, body);

        assertThat(booking.send(body, "m", time, both).statusCode()).isEqualTo(200);
    }

    @Test
    void a_rotated_secret_is_good_for_its_time() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String body = body(appointment("1", "layla@example.com"));
        TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE)
                .document(
                        """
                        mutation ($id: ID!, $secret: String!) {
                          done: rotateIntegrationCredentials(input: {id: $id, keepOldFor: "PT1H",
                              fields: [{name: "webhook_secret", value: $secret}]}) {
                            userErrors { message } } }
                        """)
                .variable("id", booking.provider().globalId())
                .variable("secret", OTHER_SECRET)
                .execute()
                .path("done.userErrors")
                .entityList(Object.class)
                .hasSize(0);

        Instant now = Instant.now();
        assertThat(booking.push(body, "new", now, OTHER_SECRET).statusCode()).isEqualTo(200);
        assertThat(booking.push(body, "old", now, PushingSystem.SECRET).statusCode())
                .isEqualTo(200);
    }

    private void configure(PushingSystem of, String change) {
        String tenantOf =
                DATABASE.owner()
                        .queryForList(
                                "SELECT tenant_id FROM integration_connections WHERE id = ?",
                                String.class,
                                of.provider().connection())
                        .getFirst();
        TestKeys.client(
                        port,
                        new TenantId(tenantOf),
                        Scope.INTEGRATIONS_READ,
                        Scope.INTEGRATIONS_WRITE)
                .document(
                        "mutation { done: configureIntegrationWebhook(input: {id: \""
                                + of.provider().globalId()
                                + "\", "
                                + change
                                + "}) { secret connection { webhook { url } }"
                                + " userErrors { message } } }")
                .execute()
                .path("done.userErrors")
                .entityList(Object.class)
                .hasSize(0);
    }

    @Test
    void a_secret_that_is_made_here_is_of_the_form_that_libraries_read() {
        Provider booking = Provider.connected(port, tenant, "custom", Map.of("source", "crm"));

        Map<?, ?> done =
                TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE)
                        .document(
                                """
                                mutation ($id: ID!) { done: configureIntegrationWebhook(input: {id: $id}) {
                                  secret connection { webhook { url } } } }
                                """)
                        .variable("id", booking.globalId())
                        .execute()
                        .path("done")
                        .entity(Map.class)
                        .get();

        String secret = String.valueOf(done.get("secret"));
        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(done.toString())
                .contains("https://api.example.com/ingest/" + booking.connection());
        assertThat(
                        new PushingSystem(booking)
                                .push(
                                        body(appointment("1", "a@example.com")),
                                        "m",
                                        Instant.now(),
                                        secret)
                                .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\": \"1\", \"records\": []}",
                "{\"version\": \"2\", \"records\": [{}]}",
                "{\"records\": [{}]}",
                "{\"version\": \"1\", \"records\": {}}",
                "{\"version\": \"1\", \"records\": [{}], \"more\": 1}",
                "{\"version\": \"1\", \"records\": [{}]} {}",
                "{\"version\": \"1\", \"records\": [{}",
                "{\"version\": \"1\", \"records\": [NaN]}",
                "[]",
                ""
            })
    void a_body_that_is_none_is_refused_as_a_whole(String body) {
        HttpResponse<String> answer = PushingSystem.connected(port, tenant).push(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/extensions/code").asString())
                .isEqualTo("BAD_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "132", "213", "231", "312", "321"})
    void messages_end_as_their_newest_version_tells_in_whatever_order_they_come(String order) {
        PushingSystem inbox = PushingSystem.connected(port, tenant);
        String[] statuses = {"sent", "delivered", "read"};
        for (int n = 0; n < order.length(); n++) {
            int version = order.charAt(n) - '0';
            results(
                    inbox.push(
                            body(
                                    """
                                    {"type": "conversation", "id": "C", "updatedAt": "2026-11-20T1%d:00:00Z", "channel": "chat",
                                     "status": "open", "person": {"email": "l@example.com"}, "messages": [
                                       {"id": "m1", "direction": "outbound", "text": "version %d", "status": "%s",
                                        "sentAt": "2026-11-20T09:59:00Z"},
                                       {"id": "only in %d", "direction": "outbound", "text": "x", "status": "sent",
                                        "sentAt": "2026-11-20T09:58:00Z"}]}
                                    """
                                            .formatted(
                                                    version,
                                                    version,
                                                    statuses[version - 1],
                                                    version))));
        }

        assertThat(
                        DATABASE.owner()
                                .queryForList(
                                        """
                                        SELECT external_id || ' ' || body || ' ' || status FROM omni_messages
                                        WHERE tenant_id = ? ORDER BY 1
                                        """,
                                        String.class,
                                        tenant.value()))
                .containsExactly(
                        "m1 version 3 read",
                        "only in 1 x sent",
                        "only in 2 x sent",
                        "only in 3 x sent");
    }

    @Test
    void too_much_and_another_type_are_refused() {
        PushingSystem booking = PushingSystem.connected(port, tenant);

        assertThat(booking.push(body(many("n", 1_001))).statusCode()).isEqualTo(400);
        assertThat(
                        Provider.send(
                                        booking.provider()
                                                .request(booking.provider().path())
                                                .header("Content-Encoding", "gzip")
                                                .POST(BodyPublishers.ofString("x")))
                                .statusCode())
                .isEqualTo(415);
        assertThat(
                        Provider.send(booking.provider().request(booking.provider().path()).GET())
                                .statusCode())
                .isEqualTo(405);
        assertThat(rows("appointments")).isZero();
    }

    @Test
    void a_body_over_the_limit_is_not_taken() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String body = body(many("n", 1)) + " ".repeat(1_048_576);

        assertThat(booking.push(body).statusCode()).isEqualTo(413);
    }

    @Test
    void who_was_erased_does_not_come_back_by_a_push() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String body = body(appointment("1", "layla@example.com"));
        String layla = results(booking.push(body)).get(0).path("customerId").asString();
        TestKeys.client(port, tenant, Scope.TENANT_ADMIN)
                .document(
                        "mutation ($id: ID!) { eraseCustomer(input: {id: $id}) {"
                                + " userErrors { code } } }")
                .variable("id", layla)
                .execute()
                .path("eraseCustomer.userErrors")
                .matchesJson("[]");

        JsonNode again = results(booking.push(body)).get(0);

        assertThat(again.path("status").asString()).isEqualTo("erased");
        assertThat(again.path("customerId").isNull()).isTrue();
        assertThat(rows("appointments")).isZero();
    }

    @Test
    void a_push_over_its_rate_is_told_when_to_come_again() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        configure(booking, "requestsPerMinute: 2");
        results(booking.push(body(appointment("1", "a@example.com"))));
        results(booking.push(body(appointment("2", "a@example.com"))));

        HttpResponse<String> third = booking.push(body(appointment("3", "a@example.com")));

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 30));
        assertThat(json(third).at("/errors/0/extensions/code").asString())
                .isEqualTo("RATE_LIMITED");
        assertThat(rows("appointments")).isEqualTo(2);
        assertThat(rows("integration_pushes")).isEqualTo(2);
    }

    @Test
    void a_record_of_too_many_values_is_rejected_alone() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String large =
                "{\"type\": \"ticket\", \"id\": \"large\", \"tags\": ["
                        + "1,".repeat(5_000)
                        + "1]}";

        JsonNode results = results(booking.push(body(large, appointment("1", "a@example.com"))));

        assertThat(results.get(0).at("/errors/0/code").asString()).isEqualTo("TOO_LARGE");
        assertThat(results.get(1).path("status").asString()).isEqualTo("created");
    }

    @Test
    void while_the_connection_is_paused_nothing_is_taken() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        DATABASE.owner()
                .update(
                        "UPDATE integration_connections SET status = 'paused' WHERE id = ?",
                        booking.provider().connection());

        HttpResponse<String> answer = booking.push(body(appointment("1", "a@example.com")));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(rows("customers")).isZero();
    }

    @Test
    void the_schema_is_there_for_everybody() throws Exception {
        HttpResponse<String> answer =
                Provider.send(
                        PushingSystem.connected(port, tenant)
                                .provider()
                                .request("/ingest/schema/v1.json")
                                .GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/schema+json");
        try (InputStream file = PushTest.class.getResourceAsStream("/ingest/v1.json")) {
            assertThat(answer.body())
                    .isEqualTo(
                            new String(
                                    Objects.requireNonNull(file).readAllBytes(),
                                    StandardCharsets.UTF_8));
        }
    }

    @Test
    void nothing_of_it_goes_by_the_address_of_webhooks() {
        PushingSystem booking = PushingSystem.connected(port, tenant);
        String body = body(appointment("1", "a@example.com"));
        String time = String.valueOf(Instant.now().getEpochSecond());

        HttpResponse<String> answer =
                Provider.send(
                        booking.provider()
                                .request("/webhooks/custom/" + booking.provider().connection())
                                .headers(
                                        "webhook-id",
                                        "m",
                                        "webhook-timestamp",
                                        time,
                                        "webhook-signature",
                                        "v1,"
                                                + PushingSystem.signature(
                                                        PushingSystem.SECRET, "m", time, body))
                                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(booking.provider().events()).isEmpty();
    }
}
