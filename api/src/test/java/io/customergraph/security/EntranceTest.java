package io.customergraph.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class EntranceTest extends GuardedTest {

    private static final String WHO = "{ whoami tenant }";

    @Test
    void a_good_key_opens_for_its_own_tenant() {
        Wire.Answer reader = wire.graphql(READER, WHO);
        Wire.Answer analyst = wire.graphql(ANALYST, WHO);

        assertThat(reader.json().at("/data/whoami").asString()).isEqualTo("key:reader");
        assertThat(reader.json().at("/data/tenant").asString()).isEqualTo("acme");
        assertThat(analyst.json().at("/data/tenant").asString()).isEqualTo("other");
    }

    @Test
    void without_a_key_the_answer_says_what_would_open() {
        Wire.Answer answer = wire.graphql(null, WHO);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("X-API-Key");
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.message()).contains("X-API-Key");
        assertThat(answer.json().at("/errors/0/extensions/correlationId").asString())
                .isEqualTo(answer.header("X-Correlation-Id"));
    }

    @Test
    void keys_that_are_unknown_expired_malformed_or_of_the_demo_get_one_answer() {
        List<Wire.Answer> answers =
                List.of(
                        wire.graphql(key('z'), WHO),
                        wire.graphql(SEEN_OUT, WHO),
                        wire.graphql("no key at all", WHO),
                        wire.graphql("x".repeat(5_000), WHO),
                        wire.graphql("demo-admin", WHO));

        assertThat(answers)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.status()).isEqualTo(401);
                            assertThat(answer.message()).isEqualTo("The API key is not valid");
                        });
    }

    @Test
    void two_proofs_are_one_too_many() {
        Wire.Answer both =
                wire.send(
                        wire.request("/graphql")
                                .header("X-API-Key", READER)
                                .header("Authorization", "Bearer abc"),
                        "{}");
        Wire.Answer twice =
                wire.send(
                        wire.request("/graphql")
                                .header("X-API-Key", READER)
                                .header("X-API-Key", ANALYST),
                        "{}");

        assertThat(both.status()).isEqualTo(401);
        assertThat(both.message()).contains("one");
        assertThat(twice.status()).isEqualTo(401);
    }

    @Test
    void a_token_is_refused_where_none_are_taken() {
        Wire.Answer answer =
                wire.send(wire.request("/graphql").header("Authorization", "Bearer abc"), "{}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(
                        wire.send(
                                        wire.request("/graphql")
                                                .header("Authorization", "Basic abc"),
                                        "{}")
                                .status())
                .isEqualTo(401);
    }

    @Test
    void a_caller_may_not_send_more_than_its_rate() {
        List<Wire.Answer> answers =
                IntStream.range(0, 4).mapToObj(_ -> wire.graphql(HASTY, WHO)).toList();

        assertThat(answers).extracting(Wire.Answer::status).containsExactly(200, 200, 200, 429);
        assertThat(answers.getFirst().header("RateLimit-Policy")).isEqualTo("\"minute\";q=3;w=60");
        assertThat(answers.getFirst().header("RateLimit")).startsWith("\"minute\";r=2;t=");
        assertThat(answers.getLast().code()).isEqualTo("RATE_LIMITED");
        assertThat(answers.getLast().header("Retry-After")).isNotNull();
    }

    @Test
    void a_failure_behind_the_door_is_no_fault_of_the_key() {
        Wire.Answer away = wire.graphql(WHILE_THE_DATABASE_IS_AWAY, WHO);
        Wire.Answer broken = wire.graphql(WHILE_THE_SERVER_IS_BROKEN, WHO);

        assertThat(away.status()).isEqualTo(503);
        assertThat(away.code()).isEqualTo("UNAVAILABLE");
        assertThat(away.header("Retry-After")).isNotNull();
        assertThat(away.text()).doesNotContain("10.0.0.1");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.code()).isEqualTo("INTERNAL");
        assertThat(broken.text()).doesNotContain("SELECT");
    }

    @Test
    void a_connection_goes_on_after_a_refusal_that_overtakes_its_predecessor() throws IOException {
        String body = "{\"query\":\"{ slow(milliseconds: 50) }\"}";
        String slow =
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "X-API-Key: %s\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(READER, body.length(), body);
        String refused = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";

        assertThat(wire.rounds(slow + refused, slow + refused, slow + refused))
                .allSatisfy(
                        answers ->
                                assertThat(answers)
                                        .containsSubsequence("HTTP/1.1 200", "HTTP/1.1 401"));
    }

    @Test
    void a_client_that_falls_silent_within_its_body_does_not_keep_the_connection()
            throws IOException {
        long start = System.nanoTime();

        String answer =
                wire.raw(
                        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n"
                                + "Content-Type: application/json\r\nX-API-Key: "
                                + READER
                                + "\r\n\r\n{",
                        new byte[0]);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(answer).startsWith("HTTP/1.1 408").contains("BAD_REQUEST");
    }

    @Test
    void an_unknown_path_is_not_found_by_who_may_look() {
        assertThat(wire.send(wire.request("/nowhere")).status()).isEqualTo(401);
        Wire.Answer answer = wire.send(wire.request("/nowhere").header("X-API-Key", READER));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("NOT_FOUND");
        assertThat(wire.send(wire.request("/a;b/%2e%2e/c")).status()).isEqualTo(400);
    }

    @Test
    void health_is_open_and_says_no_more_than_that() {
        assertThat(wire.send(wire.request("/actuator/health")).json().propertyNames())
                .doesNotContain("components", "details");
        assertThat(wire.send(wire.request("/actuator/health/liveness")).status()).isNotEqualTo(401);
    }

    @Test
    void other_operations_need_the_operators_token() {
        String token = "Bearer an-operators-token-of-32-letters";

        Wire.Answer refused = wire.send(wire.request("/actuator/info"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(wire.send(wire.request("/actuator/info").header("X-API-Key", READER)).status())
                .isEqualTo(401);
        assertThat(
                        wire.send(
                                        wire.request("/actuator/info")
                                                .header("Authorization", token + "x"))
                                .status())
                .isEqualTo(401);
        assertThat(
                        wire.send(wire.request("/actuator/info").header("Authorization", token))
                                .status())
                .isNotEqualTo(401);
    }

    @Test
    void an_answer_tells_browsers_to_make_nothing_of_it() {
        Wire.Answer answer = wire.graphql(READER, WHO);

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void other_origins_are_not_let_in_by_browsers() {
        Wire.Answer answer =
                wire.send(
                        wire.request("/graphql")
                                .method(
                                        "OPTIONS",
                                        java.net.http.HttpRequest.BodyPublishers.noBody())
                                .header("Origin", "https://elsewhere.example")
                                .header("Access-Control-Request-Method", "POST"));

        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void graphiql_may_talk_to_this_server_only() {
        Wire.Answer page = wire.send(wire.request("/graphiql?path=/graphql&wsPath=/graphql"));

        assertThat(page.status()).isIn(200, 307);
        assertThat(page.header("Content-Security-Policy")).contains("connect-src 'self'");
    }
}
