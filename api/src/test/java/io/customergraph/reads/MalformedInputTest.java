package io.customergraph.reads;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.CustomerGraphTest;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;

/** What makes no sense gets a code and never reaches the database. */
@CustomerGraphTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test.
class MalformedInputTest {

    /** Of a cursor: the tag of its list, and the id of its row. */
    private static final int BEFORE_KEY = 2 + 16;

    @LocalServerPort private int port;

    private GraphClient client;

    @BeforeAll
    void know_somebody() {
        client = GraphClient.ofNewTenant(port);
        client.ingest(FullHistory.product());
        client.ingest(FullHistory.of(1, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "%",
                "ä",
                "AAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "fAAAAAAAAAAAAAAAAAAAAAA",
                "_____________________________"
            })
    void what_is_no_id_is_refused(String id) {
        assertThat(client.errorCode("query($id: ID!) { node(id: $id) { id } }", Map.of("id", id)))
                .isEqualTo("INVALID_ID");
        assertThat(
                        client.errorCode(
                                "query($id: ID!) { nodes(ids: [$id]) { id } }", Map.of("id", id)))
                .isEqualTo("INVALID_ID");
        assertThat(
                        client.errorCode(
                                "query($id: ID!) { customer(by: {id: $id}) { id } }",
                                Map.of("id", id)))
                .isEqualTo("INVALID_ID");
    }

    @Test
    void the_id_of_an_order_names_no_customer() {
        String order =
                client.ask("{ customers(first: 1) { nodes { orders { nodes { id } } } } }")
                        .findValuesAsString("id")
                        .getFirst();

        JsonNode answer =
                client.ask(
                        "query($id: ID!) { customer(by: {id: $id}) { id } }", Map.of("id", order));

        assertThat(answer.path("customer").isNull()).isTrue();
    }

    @Test
    void more_than_a_hundred_ids_are_too_many() {
        assertThat(
                        client.errorCode(
                                "query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
                                Map.of("ids", Collections.nCopies(101, "x"))))
                .isEqualTo("BAD_USER_INPUT");
    }

    @ParameterizedTest
    @CsvSource({
        "email, no address",
        "email, @",
        "email, ''",
        "phone, no phone",
        "phone, 12",
        "phone, ''",
        "shopifyCustomerId, ''",
        "shopifyCustomerId, abc"
    })
    void what_names_nobody_by_its_form_is_refused(String by, String value) {
        assertThat(
                        client.errorCode(
                                "query($by: CustomerBy!) { customer(by: $by) { id } }",
                                Map.of("by", Map.of(by, value))))
                .isEqualTo("BAD_USER_INPUT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-03-01",
                "2026-02-30T00:00:00Z",
                "+999999999-01-01T00:00:00Z",
                "-4800-01-01T00:00:00Z"
            })
    void a_time_that_is_none_is_refused(String time) {
        assertThat(
                        client.errorCode(
                                "query($t: DateTime) { customers(filter: {createdFrom: $t}) {"
                                        + " nodes { id } } }",
                                Map.of("t", time)))
                .isEqualTo("BAD_USER_INPUT");
    }

    @ParameterizedTest
    @CsvSource({"CREATED_AT", "UPDATED_AT", "LAST_CONTACT_AT"})
    void a_cursor_with_a_forged_time_is_refused(String by) {
        String cursor =
                client.ask(
                                "{ customers(first: 1, sort: {by: %s}) { pageInfo { endCursor } } }"
                                        .formatted(by))
                        .findValuesAsString("endCursor")
                        .getFirst();
        for (String forged : new String[] {"", "x", "99999999-01-01", "now", "\0"}) {
            assertThat(
                            client.errorCode(
                                    "query($c: String) { customers(first: 1, after: $c, sort: {by: %s})"
                                                    .formatted(by)
                                            + " { nodes { id } } }",
                                    Map.of(
                                            "c",
                                            withKey(
                                                    cursor,
                                                    forged.getBytes(StandardCharsets.UTF_8)))))
                    .as(forged)
                    .isEqualTo("INVALID_CURSOR");
        }
    }

    @ParameterizedTest
    @CsvSource({"tickets, 1", "orders, 1", "timeline, 1"})
    void a_cursor_with_a_forged_number_is_refused(String connection, int first) {
        String cursor =
                client.ask(
                                "{ customers(first: 1) { nodes { %s(first: %d) { pageInfo { endCursor } } } } }"
                                        .formatted(connection, first))
                        .findValuesAsString("endCursor")
                        .getFirst();
        for (long key : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(key).array();
            assertThat(
                            client.errorCode(
                                    "query($c: String) { customers(first: 1) { nodes {"
                                            + " %s(first: 1, after: $c) { pageInfo { endCursor } } } } }"
                                                    .formatted(connection),
                                    Map.of("c", withKey(cursor, bytes))))
                    .isEqualTo("INVALID_CURSOR");
        }
    }

    @Test
    void a_cursor_with_a_forged_position_is_refused() {
        String document =
                "query($c: String) { customers(first: 1) { nodes { orders(first: 1) { nodes {"
                        + " items(first: 1, after: $c) { pageInfo { endCursor } } } } } } }";
        String cursor = client.ask(document).findValuesAsString("endCursor").getFirst();
        byte[] far = ByteBuffer.allocate(Long.BYTES).putLong(1L << 40).array();

        assertThat(client.errorCode(document, Map.of("c", withKey(cursor, far))))
                .isEqualTo("INVALID_CURSOR");
    }

    private static String withKey(String cursor, byte[] key) {
        byte[] honest = Base64.getUrlDecoder().decode(cursor);
        byte[] forged =
                ByteBuffer.allocate(BEFORE_KEY + key.length)
                        .put(honest, 0, BEFORE_KEY)
                        .put(key)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
    }
}
