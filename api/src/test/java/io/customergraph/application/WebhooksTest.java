package io.customergraph.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.delivery.BodyStore;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;
import io.customergraph.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.graphql.test.tester.GraphQlTester.Response;
import org.springframework.jdbc.core.JdbcTemplate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

@CustomerGraphTest
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // Spring sets the fields.
class WebhooksTest {

    private static final String SECRET = "shpss_1234567890abcdef";
    private static final String NEW_SECRET = "shpss_fedcba0987654321";
    private static final String ORDER =
            "{\"id\":820982911946154508,\"email\":\"layla@example.com\",\"total_price\":\"29.900\"}";

    private final TenantId tenant = TestDatabase.shared().newTenant();

    @Value("${local.server.port}")
    private int port;

    @Autowired private BodyStore bodies;

    private Provider shop() {
        return shop(tenant);
    }

    private Provider shop(TenantId of) {
        return Provider.connected(
                port,
                of,
                "shopify",
                Map.of(
                        "shop",
                        "acme.myshopify.com",
                        "access_token",
                        "shpat_0123456789abcdef0123456789abcdef",
                        "client_secret",
                        SECRET));
    }

    private static String signed(String secret, String body) {
        return Base64.getEncoder().encodeToString(Provider.hmac("HmacSHA256", secret, body));
    }

    private static HttpResponse<String> deliver(Provider shop, String body, String id) {
        return shop.deliver(
                body,
                "X-Shopify-Hmac-Sha256",
                signed(SECRET, body),
                "X-Shopify-Topic",
                "orders/create",
                "X-Shopify-Webhook-Id",
                id,
                "X-Shopify-Triggered-At",
                "2026-11-21T10:00:00.5Z");
    }

    @Test
    void a_genuine_delivery_is_kept_with_its_body_before_it_is_acknowledged() {
        Provider shop = shop();

        HttpResponse<String> answer = deliver(shop, ORDER, "d-1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        Map<String, @Nullable Object> event = only(shop.events());
        assertThat(event)
                .containsEntry("delivery_id", "d-1")
                .containsEntry("topic", "orders/create")
                .containsEntry("status", "received")
                .containsEntry("body_bytes", (long) ORDER.length());
        assertThat(Objects.toString(event.get("headers")))
                .contains("x-shopify-topic")
                .doesNotContain("hmac")
                .doesNotContain(signed(SECRET, ORDER));
        assertThat(Objects.toString(event.get("ordering_key")))
                .doesNotContain("820982911946154508");
        assertThat(Objects.toString(event.get("occurred_at"))).startsWith("2026-11-21");
        String reference = Objects.toString(event.get("body_ref"));
        assertThat(bodies.get(tenant, reference).blockOptional())
                .hasValueSatisfying(
                        body ->
                                assertThat(StandardCharsets.UTF_8.decode(body).toString())
                                        .isEqualTo(ORDER));
    }

    private static Map<String, @Nullable Object> only(List<Map<String, @Nullable Object>> events) {
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    @Test
    void a_repeated_delivery_is_acknowledged_and_kept_once() throws Exception {
        Provider shop = shop();
        CountDownLatch together = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Integer>> answers =
                    IntStream.range(0, 48)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () -> {
                                                        together.await();
                                                        return deliver(shop, ORDER, "d-" + i % 3)
                                                                .statusCode();
                                                    }))
                            .toList();
            together.countDown();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }

        assertThat(shop.events()).hasSize(3);
    }

    @Test
    void whatever_is_wrong_with_who_sends_it_the_answer_is_one_and_the_same(CapturedOutput output) {
        Provider shop = shop();
        Provider theirs = shop(TestDatabase.shared().newTenant());
        Provider gone = shop();
        disconnect(gone);
        Provider elsewhere = new Provider(port, "github", shop.connection(), "");
        Provider unknown = new Provider(port, "shopify", UUID.randomUUID(), "");
        Provider nonsense = new Provider(port, "nonsense", shop.connection(), "");
        String good = signed(SECRET, ORDER);
        String header = "X-Shopify-Hmac-Sha256";

        List<HttpResponse<String>> answers =
                List.of(
                        shop.deliver(ORDER, "X-Shopify-Topic", "orders/create"),
                        shop.deliver(ORDER, header, signed("wrong", ORDER)),
                        shop.deliver(ORDER + " ", header, good),
                        shop.deliver(ORDER, header, ""),
                        shop.deliver(ORDER, header, good, header, good),
                        shop.deliver(ORDER, header, "x".repeat(6_000)),
                        theirs.deliver(ORDER, header, signed("shpss_of_somebody_else", ORDER)),
                        gone.deliver(ORDER, header, good),
                        elsewhere.deliver(ORDER, header, good),
                        unknown.deliver(ORDER, header, good),
                        nonsense.deliver(ORDER, header, good),
                        Provider.send(shop.request(shop.path() + "?hub.mode=subscribe").GET()),
                        Provider.send(unknown.request(unknown.path()).GET()));

        assertThat(answers)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.statusCode()).isEqualTo(401);
                            assertThat(withoutId(answer)).isEqualTo(withoutId(answers.getFirst()));
                            assertThat(answer.headers().map().keySet())
                                    .isEqualTo(answers.getFirst().headers().map().keySet());
                        });
        assertThat(shop.events()).isEmpty();
        assertThat(theirs.events()).isEmpty();
        assertThat(gone.events()).isEmpty();
        assertThat(output)
                .contains("FORGED")
                .doesNotContain(SECRET)
                .doesNotContain(good)
                .doesNotContain("layla");
    }

    @Test
    void who_names_addresses_that_nobody_receives_at_fills_no_log(CapturedOutput output) {
        Provider shop = shop();
        Provider unknown = new Provider(port, "shopify", UUID.randomUUID(), "");

        for (Provider one : List.of(unknown, shop)) {
            Provider.send(one.request(one.path() + "?hub.mode=subscribe").GET());
            one.deliver(ORDER, "Content-Encoding", "br");
        }

        assertThat(output)
                .contains(shop.connection() + " was refused: FORGED")
                .contains(shop.connection() + " was refused: ENCODED")
                .doesNotContain(unknown.connection() + " was refused");
    }

    private static String withoutId(HttpResponse<String> answer) {
        return answer.body().replaceAll("\"correlationId\":\"[^\"]*\"", "");
    }

    private void disconnect(Provider gone) {
        change("disconnectIntegration", Map.of("id", gone.globalId()));
    }

    private void change(String mutation, Map<String, Object> input) {
        TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE)
                .document(
                        "mutation ($input: %sInput!) { done: %s(input: $input) { userErrors {"
                                        .formatted(
                                                Character.toUpperCase(mutation.charAt(0))
                                                        + mutation.substring(1),
                                                mutation)
                                + " message } } }")
                .variable("input", input)
                .execute()
                .path("done.userErrors")
                .entityList(Object.class)
                .hasSize(0);
    }

    @Test
    void a_connection_that_ends_takes_nothing_from_then_on_also_while_it_is_remembered() {
        Provider shop = shop();
        assertThat(deliver(shop, ORDER, "before").statusCode()).isEqualTo(200);

        disconnect(shop);

        assertThat(deliver(shop, ORDER, "after").statusCode()).isEqualTo(401);
        assertThat(shop.events()).hasSize(1);
    }

    @Test
    void during_a_rotation_the_old_and_the_new_secret_are_good() throws InterruptedException {
        Provider shop = shop();
        deliver(shop, ORDER, "1");
        change(
                "rotateIntegrationCredentials",
                Map.of(
                        "id",
                        shop.globalId(),
                        "keepOldFor",
                        "PT1H",
                        "fields",
                        List.of(Map.of("name", "client_secret", "value", NEW_SECRET))));
        // Within the same second the server may still go by what it read before.
        Thread.sleep(1_100);

        String header = "X-Shopify-Hmac-Sha256";
        assertThat(
                        List.of(
                                shop.deliver(ORDER + " ", header, signed(NEW_SECRET, ORDER + " "))
                                        .statusCode(),
                                shop.deliver(ORDER + "  ", header, signed(SECRET, ORDER + "  "))
                                        .statusCode(),
                                shop.deliver(ORDER, header, signed("shpss_neither", ORDER))
                                        .statusCode()))
                .containsExactly(200, 200, 401);
    }

    @Test
    void a_topic_that_nobody_knows_is_kept_and_marked() {
        Provider shop = shop();

        HttpResponse<String> answer =
                shop.deliver(
                        ORDER,
                        "X-Shopify-Hmac-Sha256",
                        signed(SECRET, ORDER),
                        "X-Shopify-Topic",
                        "spaceships/launch");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(only(shop.events()))
                .containsEntry("status", "ignored")
                .containsEntry("topic", "spaceships/launch");
    }

    @Test
    void a_body_that_is_no_json_or_nested_without_reason_is_refused_and_not_kept() {
        Provider shop = shop();
        for (String body :
                List.of(
                        "no json",
                        "",
                        "{\"a\":1} {\"b\":2}",
                        "[".repeat(100_000),
                        "{\"a\":".repeat(70) + "1" + "}".repeat(70),
                        "\uFEFF{}")) {
            assertThat(deliver(shop, body, "x").statusCode()).as(body).isEqualTo(400);
        }
        byte[] notUtf8 = {'"', (byte) 0xFF, '"'};
        assertThat(
                        Provider.send(
                                        shop.request(shop.path())
                                                .header(
                                                        "X-Shopify-Hmac-Sha256",
                                                        signedBytes(notUtf8))
                                                .POST(BodyPublishers.ofByteArray(notUtf8)))
                                .statusCode())
                .isEqualTo(400);
        assertThat(shop.events()).isEmpty();
    }

    private static String signedBytes(byte[] body) {
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(
                    new javax.crypto.spec.SecretKeySpec(
                            SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void a_body_over_the_limit_is_refused_whatever_it_says_of_its_length() throws IOException {
        Provider shop = shop();
        byte[] large = new byte[1_048_577];

        assertThat(
                        Provider.send(
                                        shop.request(shop.path())
                                                .POST(BodyPublishers.ofByteArray(large)))
                                .statusCode())
                .isEqualTo(413);
        assertThat(
                        Provider.send(
                                        shop.request(shop.path())
                                                .POST(
                                                        BodyPublishers.ofInputStream(
                                                                () ->
                                                                        new ByteArrayInputStream(
                                                                                large))))
                                .statusCode())
                .as("in chunks, without a length")
                .isEqualTo(413);
        assertThat(
                        raw(
                                "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\n%s"
                                        .formatted(shop.path(), ORDER)))
                .as("more than it says is not read")
                .startsWith("HTTP/1.1 401");
        assertThat(
                        raw(
                                "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"
                                        .formatted(shop.path())))
                .startsWith("HTTP/1.1 400");
        assertThat(shop.events()).isEmpty();
    }

    @Test
    void a_compressed_body_is_refused_before_it_is_opened() throws IOException {
        Provider shop = shop();
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[10_000_000]);
        }

        HttpResponse<String> answer =
                Provider.send(
                        shop.request(shop.path())
                                .header("Content-Encoding", "gzip")
                                .header("X-Shopify-Hmac-Sha256", signedBytes(bomb.toByteArray()))
                                .POST(BodyPublishers.ofByteArray(bomb.toByteArray())));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"})
    void other_methods_are_told_which_there_are(String method) {
        Provider shop = shop();

        HttpResponse<String> answer =
                Provider.send(shop.request(shop.path()).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webhooks",
                "/webhooks/",
                "/webhooks/shopify",
                "/webhooks/shopify/",
                "/webhooks/shopify/1",
                "/webhooks/shopify/ID/",
                "/webhooks/shopify/ID/more",
                "/webhooks/SHOPIFY/ID",
                "/webhooks/shopify;a=b/ID",
                "/webhooks/shopify/ID%00",
                "/webhooks/shopify/%2e%2e/ID",
                "/webhooks/shopify/..%2fID",
                "/webhooks//shopify/ID",
                "/webhooks/shopify/ID'%20OR%20'1'='1"
            })
    void no_other_path_leads_to_a_webhook(String path) {
        Provider shop = shop();

        HttpResponse<String> answer =
                Provider.send(
                        shop.request(path.replace("ID", shop.connection().toString()))
                                .header("X-Shopify-Hmac-Sha256", signed(SECRET, ORDER))
                                .POST(BodyPublishers.ofString(ORDER)));

        assertThat(answer.statusCode()).isIn(400, 401);
        assertThat(shop.events()).isEmpty();
    }

    @Test
    void signatures_of_any_bytes_and_thousands_of_headers_are_survived() throws IOException {
        Provider shop = shop();
        String head = "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n";

        assertThat(
                        raw(
                                head.formatted(shop.path())
                                        + "X-Shopify-Hmac-Sha256: \u00ff\u00e9\u00d8\r\n\r\n{}"))
                .startsWith("HTTP/1.1 401");
        assertThat(raw(head.formatted(shop.path()) + "A: b\r\n".repeat(10_000) + "\r\n{}"))
                .matches("(?s)HTTP/1.1 4(13|31|00).*");
        assertThat(
                        raw(
                                head.formatted(shop.path())
                                        + "X-Shopify-Hmac-Sha256: "
                                        + "A".repeat(100_000)
                                        + "\r\n\r\n{}"))
                .matches("(?s)HTTP/1.1 4(13|31|00).*");
        assertThat(deliver(shop, ORDER, "still").statusCode()).isEqualTo(200);
    }

    @Test
    void a_webhook_is_configured_and_its_secret_is_shown_once() {
        Provider helpdesk =
                Provider.connected(
                        port,
                        tenant,
                        "freshdesk",
                        Map.of(
                                "domain",
                                "acme.freshdesk.com",
                                "api_key",
                                "freshdeskKey1234567890"));

        String secret =
                configure(helpdesk, Map.of("headerName", "X-Acme-Hook", "topics", List.of("t/*")))
                        .path("done.secret")
                        .entity(String.class)
                        .get();

        configure(helpdesk, Map.of("maxBodyBytes", 2_048))
                .path("done")
                .matchesJson(
                        """
                        {"secret": null, "userErrors": [], "connection": {"webhook": {
                          "url": "https://api.example.com%s", "isEnabled": true, "topics": ["t/*"],
                          "headerName": "X-Acme-Hook", "maxBodyBytes": 2048}}}
                        """
                                .formatted(helpdesk.path()));
        String ticket = "{\"ticket_id\": 7, \"updated_at\": \"2026-11-21T10:00:00Z\"}";
        assertThat(helpdesk.deliver(ticket, "X-Acme-Hook", secret).statusCode()).isEqualTo(200);
        assertThat(helpdesk.deliver(ticket, "X-Acme-Hook", secret).statusCode()).isEqualTo(200);
        assertThat(helpdesk.deliver(ticket, "X-Webhook-Secret", secret).statusCode())
                .isEqualTo(401);
        assertThat(
                        helpdesk.deliver(
                                        "{\"a\":\"" + "x".repeat(2_048) + "\"}",
                                        "X-Acme-Hook",
                                        secret)
                                .statusCode())
                .isEqualTo(413);
        assertThat(only(helpdesk.events()))
                .containsEntry(
                        "delivery_id",
                        "7:2026-11-21T10:00:00Z:2f50ae7f6c702a53fa8b0498b7f1f804b10482037cc21c4ccb15f56a5b043b4a")
                .containsEntry("status", "ignored");

        configure(helpdesk, Map.of("isEnabled", false));

        assertThat(helpdesk.deliver("{\"ticket_id\": 8}", "X-Acme-Hook", secret).statusCode())
                .isEqualTo(401);
    }

    @Test
    void what_cannot_be_set_is_told() {
        Provider shop = shop();

        configure(shop, Map.of("headerName", "X-Acme-Hook", "maxBodyBytes", 1))
                .path("done.userErrors[*].field[1]")
                .entityList(String.class)
                .containsExactly("headerName", "maxBodyBytes");
        Provider theirs = shop(TestDatabase.shared().newTenant());
        configure(theirs, Map.of())
                .path("done.userErrors[*].code")
                .entityList(String.class)
                .containsExactly("NOT_FOUND");
    }

    @Test
    void how_much_is_taken_and_how_long_it_is_kept_is_set() {
        Provider shop = shop();

        configure(
                shop, Map.of("requestsPerMinute", 2, "bodyRetention", "P7D", "tolerance", "PT90S"));
        configure(shop, Map.of("isEnabled", true))
                .path("done")
                .matchesJson(
                        """
                        {"userErrors": [], "connection": {"webhook": {
                          "requestsPerMinute": 2, "bodyRetention": "PT168H", "tolerance": "PT1M30S"}}}
                        """);
        assertThat(deliver(shop, ORDER, "d-1").statusCode()).isEqualTo(200);
        assertThat(deliver(shop, ORDER, "d-2").statusCode()).isEqualTo(200);
        assertThat(deliver(shop, ORDER, "d-3").statusCode()).isEqualTo(429);

        for (String text : List.of("a week", "P30000D", "PT59M", "PT-2H")) {
            configure(
                            shop,
                            Map.of(
                                    "requestsPerMinute",
                                    0,
                                    "bodyRetention",
                                    text,
                                    "tolerance",
                                    "PT25H"))
                    .path("done.userErrors[*].field[1]")
                    .entityList(String.class)
                    .containsExactly("requestsPerMinute", "bodyRetention", "tolerance");
        }
    }

    private Response configure(Provider of, Map<String, Object> change) {
        Map<String, Object> input = new HashMap<>(change);
        input.put("id", of.globalId());
        return TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ, Scope.INTEGRATIONS_WRITE)
                .document(
                        """
                        mutation ($input: ConfigureIntegrationWebhookInput!) {
                          done: configureIntegrationWebhook(input: $input) {
                            secret setup userErrors { code field message }
                            connection { webhook {
                              url isEnabled topics headerName maxBodyBytes requestsPerMinute
                              bodyRetention tolerance } } } }
                        """)
                .variable("input", input)
                .execute();
    }

    @Test
    void meta_gets_its_challenge_back_for_the_token_that_it_was_given() {
        Provider meta =
                Provider.connected(
                        port,
                        tenant,
                        "meta_whatsapp",
                        Map.of(
                                "waba_id",
                                "106540352242922",
                                "access_token",
                                "EAAG" + "0123456789".repeat(5),
                                "app_secret",
                                "0123456789abcdef0123456789abcdef",
                                "verify_token",
                                "a-verify-token-of-ours"));
        String query = "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

        HttpResponse<String> wrong =
                Provider.send(meta.request(meta.path() + query + "another").GET());
        assertThat(verifiedAt(meta)).isEmpty();
        HttpResponse<String> right =
                Provider.send(meta.request(meta.path() + query + "a-verify-token-of-ours").GET());
        assertThat(verifiedAt(meta)).hasSize(1);

        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(right.body()).isEqualTo("1158201444");
        assertThat(right.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(wrong.statusCode()).isEqualTo(401);
    }

    @Test
    void the_form_that_a_browser_brings_back_from_paytabs_is_kept_once() {
        String key = "SRJNHWK2B6-JHWNTKBJZL-6MBHKBRWMZ";
        Provider paytabs =
                Provider.connected(
                        port,
                        tenant,
                        "paytabs",
                        Map.of(
                                "region",
                                "secure.paytabs.sa",
                                "profile_id",
                                "59305",
                                "server_key",
                                key));
        String signature =
                Provider.hex(
                        Provider.hmac("HmacSHA256", key, "cartId=c+1&respStatus=A&tranRef=TST1"));
        String fields = "tranRef=TST1&token=&respStatus=A&cartId=c%201&signature=";

        for (String unsigned : List.of("", "&more=0", "&cartId2=")) {
            assertThat(browserBrings(paytabs, fields + signature + unsigned)).isEqualTo(200);
        }
        assertThat(browserBrings(paytabs, fields + signature.toUpperCase(Locale.ROOT)))
                .isEqualTo(200);

        assertThat(browserBrings(paytabs, fields.replace("=A", "=D") + signature)).isEqualTo(401);
        assertThat(only(paytabs.events()))
                .containsEntry("topic", "A")
                .containsEntry("delivery_id", "A:TST1");
    }

    private static int browserBrings(Provider paytabs, String form) {
        return Provider.send(
                        paytabs.request(paytabs.path())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form)))
                .statusCode();
    }

    private void allow(Provider provider, int perMinute) {
        TestDatabase.shared()
                .owner()
                .update(
                        """
                        INSERT INTO integration_webhook_configs (
                            tenant_id, id, connection_id, requests_per_minute)
                        VALUES (?, gen_random_uuid(), ?, ?)
                        """,
                        tenant.value(),
                        provider.connection(),
                        perMinute);
    }

    @Test
    void more_than_a_webhook_takes_is_answered_with_when_to_go_on_and_not_kept() {
        Provider shop = shop();
        allow(shop, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(deliver(shop, ORDER, "d-" + i).statusCode()).isEqualTo(200);
        }

        HttpResponse<String> fourth = deliver(shop, ORDER, "d-4");

        assertThat(fourth.statusCode()).isEqualTo(429);
        assertThat(fourth.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 20));
        assertThat(fourth.body()).contains("RATE_LIMITED");
        assertThat(shop.events()).hasSize(3);
    }

    @Test
    void who_knows_no_more_than_the_address_uses_up_nothing_of_what_the_provider_may_send() {
        Provider shop = shop();
        allow(shop, 2);
        for (int i = 0; i < 20; i++) {
            assertThat(shop.deliver(ORDER, "X-Shopify-Hmac-Sha256", "forged").statusCode())
                    .isEqualTo(401);
        }

        assertThat(deliver(shop, ORDER, "d-1").statusCode()).isEqualTo(200);
        assertThat(deliver(shop, ORDER, "d-2").statusCode()).isEqualTo(200);
        assertThat(deliver(shop, ORDER, "d-3").statusCode()).isEqualTo(429);
    }

    @Test
    void what_the_disk_does_not_take_is_to_be_sent_again_and_is_not_accepted(CapturedOutput output)
            throws IOException {
        Provider shop = shop();
        Path inTheWay = Path.of("target/test-bodies").resolve(tenant.value());
        Files.createDirectories(inTheWay.getParent());
        Files.writeString(inTheWay, "a file where the tenant's directory belongs");

        HttpResponse<String> refused = deliver(shop, ORDER, "d-1");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(shop.events()).isEmpty();
        assertThat(output.toString())
                .contains("Bodies of deliveries are not kept")
                .doesNotContain("layla@example.com");
        Files.delete(inTheWay);
        assertThat(deliver(shop, ORDER, "d-1").statusCode()).isEqualTo(200);
        assertThat(shop.events()).hasSize(1);
    }

    @Test
    void what_the_database_loses_is_to_be_sent_again_and_is_not_accepted() throws Exception {
        Provider shop = shop();
        JdbcTemplate owner = TestDatabase.shared().owner();
        HttpResponse<String> refused;
        try (Connection lock = Objects.requireNonNull(owner.getDataSource()).getConnection();
                Statement statement = lock.createStatement();
                ExecutorService sender = Executors.newSingleThreadExecutor()) {
            lock.setAutoCommit(false);
            statement.execute("LOCK TABLE integration_events IN ACCESS EXCLUSIVE MODE");
            Future<HttpResponse<String>> answer = sender.submit(() -> deliver(shop, ORDER, "d-1"));
            int ended = 0;
            for (int i = 0; i < 100 && ended == 0; i++) {
                Thread.sleep(50);
                ended = endWhatWaits(owner);
            }
            lock.rollback();
            refused = answer.get(20, TimeUnit.SECONDS);
            assertThat(ended).isPositive();
        }

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(shop.events()).isEmpty();
        assertThat(deliver(shop, ORDER, "d-1").statusCode()).isEqualTo(200);
        assertThat(shop.events()).hasSize(1);
    }

    private static int endWhatWaits(JdbcTemplate owner) {
        return owner.queryForList(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE usename = 'customergraph_app' AND wait_event_type = 'Lock'
                        """,
                        Boolean.class)
                .size();
    }

    private List<String> verifiedAt(Provider provider) {
        return TestKeys.client(port, tenant, Scope.INTEGRATIONS_READ)
                .document(
                        "query ($id: ID!) { nodes(ids: [$id]) { ... on IntegrationConnection {"
                                + " webhook { verifiedAt } } } }")
                .variable("id", provider.globalId())
                .execute()
                .path("nodes[?(@.webhook.verifiedAt != null)].webhook.verifiedAt")
                .entityList(String.class)
                .get();
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException closedAlready) {
                // The server may answer and close before it has read all.
            }
            byte[] start = new byte[2_000];
            int read = socket.getInputStream().read(start);
            return new String(start, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
        }
    }
}
