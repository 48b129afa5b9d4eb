package io.customergraph.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class BadInputTest extends GuardedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "[{\"query\":\"{ whoami }\"}]",
                "null",
                "7",
                "{}",
                "{\"query\":null}",
                "{\"query\":\"{ whoami }\",\"variables\":[]}",
                "{\"query\":\"{ whoami }\",\"variables\":\"x\"}",
                "{\"query\":\"{ \u0000 }\"}",
            })
    void what_is_no_graphql_request_is_refused(String body) {
        Wire.Answer answer = wire.post(READER, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void a_body_that_is_no_text_is_refused() {
        Wire.Answer answer =
                wire.send(
                        wire.request("/graphql")
                                .header("X-API-Key", READER)
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofByteArray(
                                                new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe})));

        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                            | GRAPHQL_PARSE_FAILED
                    { whoami                                      | GRAPHQL_PARSE_FAILED
                    { nothing }                                   | GRAPHQL_VALIDATION_FAILED
                    { echo(text: 5) }                             | BAD_USER_INPUT
                    { echo(other: "x") }                          | GRAPHQL_VALIDATION_FAILED
                    { number }                                    | GRAPHQL_VALIDATION_FAILED
                    { number(value: "jane@example.com") }         | BAD_USER_INPUT
                    { number(value: 99999999999) }                | BAD_USER_INPUT
                    { pick(one: {name: "a", id: 1}) }             | BAD_USER_INPUT
                    mutation { a }                                | GRAPHQL_VALIDATION_FAILED
                    { __schema { types { name } } }               | INTROSPECTION_DISABLED
                    { secret }                                    | FORBIDDEN
                    { echo(text: "\\u0000") }                     | BAD_USER_INPUT
                    { fails(how: INPUT) }                         | INVALID_CURSOR
                    { fails(how: UNAVAILABLE) }                   | UNAVAILABLE
                    { fails(how: UNEXPECTED) }                    | INTERNAL
                    { slow(milliseconds: 5000) }                  | TIMEOUT
                    query a { whoami } query b { whoami }         | OPERATION_NOT_FOUND
                    fragment a on Query { whoami }                | GRAPHQL_VALIDATION_FAILED
                    """)
    void every_refusal_has_a_code_and_a_correlation_id_and_says_nothing_of_the_inside(
            String query, String code) {
        Wire.Answer answer =
                wire.send(
                        wire.request("/graphql")
                                .header("X-API-Key", READER)
                                .header("X-Correlation-Id", "from-the-client.1"),
                        Wire.JSON.writeValueAsString(Map.of("query", query)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().at("/errors/0/extensions/correlationId").asString())
                .isEqualTo("from-the-client.1");
        assertThat(answer.header("X-Correlation-Id")).isEqualTo("from-the-client.1");
        assertThat(answer.text())
                .doesNotContain("SELECT", "Exception", "graphql.", "10.0.0.1", "jane@")
                .doesNotContain("classification");
    }

    @Test
    void a_correlation_id_that_could_forge_a_log_line_is_replaced() {
        Wire.Answer answer =
                wire.send(wire.request("/graphql").header("X-Correlation-Id", "a b ${jndi}"), "{}");

        assertThat(answer.header("X-Correlation-Id")).matches("[a-z0-9]{8,32}");
    }

    @Test
    void variables_are_checked_like_literals() {
        assertThat(
                        wire.graphql(
                                        READER,
                                        "query ($v: Int!) { number(value: $v) }",
                                        Map.of("v", "jane@example.com"))
                                .code())
                .isEqualTo("BAD_USER_INPUT");
        assertThat(wire.graphql(READER, "query ($v: Int!) { number(value: $v) }").code())
                .isEqualTo("BAD_USER_INPUT");
        assertThat(
                        wire.post(
                                        READER,
                                        """
                                        {"query":"query ($t: String) { echo(text: $t) }",
                                         "variables":{"t":"x\\ud800"}}\
                                        """)
                                .code())
                .isEqualTo("BAD_USER_INPUT");
        assertThat(
                        wire.post(
                                        READER,
                                        """
                                        {"query":"query ($t: String) { echo(text: $t) }",
                                         "variables":{"t":"x\\u0000"}}\
                                        """)
                                .code())
                .isEqualTo("BAD_USER_INPUT");
        assertThat(
                        wire.graphql(
                                        READER,
                                        "query ($o: Choice) { pick(one: $o) }",
                                        Map.of("o", Map.of("name", "a", "id", "b")))
                                .code())
                .isEqualTo("BAD_USER_INPUT");
    }

    @Test
    void a_request_error_is_400_for_clients_that_speak_the_new_media_type() {
        Wire.Answer refused = newClient("{ nothing }");
        Wire.Answer partial = newClient("{ whoami fails(how: INPUT) }");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("application/graphql-response+json");
        assertThat(partial.status()).isEqualTo(200);
        assertThat(partial.json().at("/data/whoami").asString()).isEqualTo("key:reader");
        assertThat(partial.json().at("/errors/0/path/0").asString()).isEqualTo("fails");
    }

    @Test
    void every_answer_tells_its_cost() {
        Wire.Answer answer = wire.graphql(READER, "{ items(first: 7) { nodes { id } } }");
        Wire.Answer refused =
                wire.graphql(
                        READER,
                        "{"
                                + IntStream.range(0, 20)
                                        .mapToObj(
                                                i ->
                                                        "a%d: items(first: 100) { nodes { %s } }"
                                                                .formatted(i, "id ".repeat(45)))
                                        .collect(Collectors.joining())
                                + "}");

        assertThat(answer.json().at("/extensions/cost/requested").asInt()).isEqualTo(8);
        assertThat(answer.json().at("/extensions/cost/limit").asInt()).isEqualTo(50_000);
        assertThat(refused.code()).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(refused.json().at("/errors/0/extensions/actual").asInt()).isEqualTo(90_020);
        assertThat(refused.json().at("/extensions/cost/requested").asInt()).isEqualTo(90_020);
    }

    @Test
    void a_missing_scope_is_named_with_its_field() {
        Wire.Answer answer = wire.graphql(READER, "{ whoami secret }");

        assertThat(answer.json().at("/data").isMissingNode()).isTrue();
        assertThat(answer.json().at("/errors/0/extensions/field").asString())
                .isEqualTo("Query.secret");
        assertThat(answer.json().at("/errors/0/extensions/scope").asString())
                .isEqualTo("revenue:read");
        assertThat(wire.graphql(ANALYST, "{ secret }").json().at("/data/secret").asString())
                .isEqualTo("secret");
    }

    @Test
    void other_methods_and_media_types_are_refused() {
        Wire.Answer get =
                wire.send(wire.request("/graphql?query=%7Bwhoami%7D").header("X-API-Key", READER));
        Wire.Answer put =
                wire.send(
                        wire.request("/graphql")
                                .header("X-API-Key", READER)
                                .PUT(HttpRequest.BodyPublishers.ofString("{}")));
        Wire.Answer form =
                wire.send(
                        wire.request("/graphql")
                                .header("X-API-Key", READER)
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        Wire.Answer html =
                wire.send(
                        wire.request("/graphql")
                                .header("X-API-Key", READER)
                                .header("Accept", "text/html"),
                        "{\"query\":\"{ whoami }\"}");

        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow")).isEqualTo("POST");
        assertThat(get.code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(put.status()).isEqualTo(405);
        assertThat(form.status()).isEqualTo(415);
        assertThat(form.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(html.status()).isEqualTo(406);
        assertThat(html.code()).isEqualTo("NOT_ACCEPTABLE");
    }

    @Test
    void a_body_of_ten_megabytes_is_refused_however_it_comes() throws IOException {
        byte[] body =
                ("{\"query\":\"" + " ".repeat(10_000_000)).getBytes(StandardCharsets.US_ASCII);
        String head =
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "X-API-Key: "
                        + READER
                        + "\r\n";

        String withLength =
                wire.raw(head + "Content-Length: " + body.length + "\r\n\r\n", new byte[0]);
        String chunked =
                wire.raw(
                        head
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(body.length)
                                + "\r\n",
                        body);
        String both =
                wire.raw(
                        head
                                + "Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(body.length)
                                + "\r\n",
                        body);

        assertThat(withLength).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
        assertThat(chunked).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
        assertThat(both).matches("(?s)HTTP/1.1 4\\d\\d.*");
    }

    @Test
    void ten_thousand_aliases_and_two_hundred_levels_are_refused() {
        String aliases =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "a" + i + ": whoami ")
                        .collect(Collectors.joining());

        assertThat(wire.graphql(READER, "{" + aliases + "}").code()).isEqualTo("TOO_MANY_TOKENS");
        assertThat(wire.graphql(READER, "{" + aliases.substring(0, 500) + "}").code())
                .isIn("TOO_MANY_ALIASES", "GRAPHQL_PARSE_FAILED");
        assertThat(wire.graphql(READER, "{a".repeat(200) + "}".repeat(200)).code())
                .isEqualTo("QUERY_TOO_DEEP");
    }

    @Test
    void a_fault_of_many_objects_is_told_for_each() {
        Wire.Answer answer = wire.graphql(READER, "{ items(first: 2) { nodes { id fails } } }");

        assertThat(answer.json().at("/errors").size()).isEqualTo(2);
        assertThat(List.of(answer.json().at("/errors/0/path"), answer.json().at("/errors/1/path")))
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "[\"items\",\"nodes\",0,\"fails\"]", "[\"items\",\"nodes\",1,\"fails\"]");
    }

    private Wire.Answer newClient(String query) {
        return wire.send(
                wire.request("/graphql")
                        .header("X-API-Key", READER)
                        .header("Accept", "application/graphql-response+json"),
                Wire.JSON.writeValueAsString(Map.of("query", query)));
    }
}
