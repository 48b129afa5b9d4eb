package io.customergraph.reads;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.CustomerGraphTest;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pages put together are the list, in both directions, whatever its size and its ties. */
@CustomerGraphTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test.
class PagingTest {

    private static final int EACH = 7;

    @LocalServerPort private int port;

    private GraphClient client;

    @BeforeAll
    void know_people() {
        client = GraphClient.ofNewTenant(port);
        client.ingest(FullHistory.product());
        for (int person = 0; person < EACH; person++) {
            client.ingest(FullHistory.of(person, EACH));
        }
        // Ties: only the id tells these apart.
        client.update(
                "UPDATE support_tickets SET created_at = '2026-01-01T00:00:00.123456Z'"
                        + " WHERE tenant_id = ?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "tickets",
                "supportContacts",
                "appointments",
                "conversations",
                "prospects",
                "transactions",
                "enrollments",
                "timeline",
                "resolutionHistory",
                "shopifyCustomers"
            })
    void pages_forward_and_backward_are_the_whole_list(String connection) {
        String field = connection.equals("timeline") ? "at" : "id";
        List<String> whole = edges(connection, field, Map.of("first", 100)).cursors();

        assertThat(walk(connection, field, "first", "after", 3)).isEqualTo(whole);
        List<String> backward = walk(connection, field, "last", "before", 3);
        assertThat(backward).isEqualTo(whole);
        assertThat(whole).doesNotHaveDuplicates();
    }

    @Test
    void a_list_of_numbers_is_paged_as_one_of_times_is() {
        String document =
                """
                query($first: Int, $after: String, $last: Int, $before: String) {
                  customers(first: 1) { nodes { orders(first: 1) { nodes {
                    items(first: $first, after: $after, last: $last, before: $before) {
                      edges { cursor node { id position } }
                      pageInfo { hasNextPage hasPreviousPage }
                      totalCount
                } } } } } }
                """;
        JsonNode first = find(client.ask(document, Map.of("first", 2)), "items");
        String cursor = first.path("edges").path(1).path("cursor").asString();
        JsonNode second = find(client.ask(document, Map.of("first", 2, "after", cursor)), "items");
        JsonNode last = find(client.ask(document, Map.of("last", 1)), "items");

        assertThat(positions(first)).containsExactly(0, 1);
        assertThat(positions(second)).containsExactly(2);
        assertThat(positions(last)).containsExactly(2);
        assertThat(second.path("pageInfo").path("hasNextPage").asBoolean()).isFalse();
        assertThat(second.path("pageInfo").path("hasPreviousPage").asBoolean()).isTrue();
        assertThat(second.path("totalCount").asInt()).isEqualTo(3);
    }

    @Test
    void the_kinds_of_a_timeline_narrow_its_pages_and_its_count() {
        String document =
                """
                query($kinds: [TimelineKind!]) { customers(first: 1) { nodes {
                  timeline(first: 100, kinds: $kinds) {
                    totalCount nodes { kind node { __typename id } } } } } }
                """;
        JsonNode all = find(client.ask(document), "timeline");
        JsonNode some =
                find(
                        client.ask(
                                document,
                                Map.of("kinds", List.of("SUPPORT_TICKET", "TRANSACTION"))),
                        "timeline");

        assertThat(all.path("totalCount").asInt()).isEqualTo(7 * EACH);
        assertThat(some.path("totalCount").asInt()).isEqualTo(2 * EACH);
        assertThat(GraphClient.texts(some.path("nodes"), "kind"))
                .hasSize(2 * EACH)
                .containsOnly("SUPPORT_TICKET", "TRANSACTION");
        assertThat(some.path("nodes").findValuesAsString("__typename"))
                .containsOnly("SupportTicket", "Transaction");
    }

    @Test
    void ten_are_given_where_nobody_says_how_many() {
        assertThat(edges("timeline", "at", Map.of()).cursors()).hasSize(10);
    }

    @Test
    void none_may_be_asked_for() {
        Edges none = edges("tickets", "id", Map.of("first", 0));

        assertThat(none.cursors()).isEmpty();
        assertThat(none.pageInfo().path("hasNextPage").asBoolean()).isTrue();
        assertThat(none.pageInfo().path("endCursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first: -1",
                "first: 101",
                "first: 100000",
                "last: -1",
                "first: 1, last: 1",
                "first: 1, before: \"x\"",
                "last: 1, after: \"x\"",
                "before: \"x\""
            })
    void a_page_that_makes_no_sense_is_refused(String arguments) {
        assertThat(client.errorCode("{ customers(%s) { nodes { id } } }".formatted(arguments)))
                .isEqualTo("INVALID_PAGE");
        assertThat(
                        client.errorCode(
                                "{ customers(first: 1) { nodes { tickets(%s) { nodes { id } } } } }"
                                        .formatted(arguments)))
                .isEqualTo("INVALID_PAGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "AAAA", "ÄÖÜ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void what_is_no_cursor_is_refused(String text) {
        assertThat(
                        client.errorCode(
                                "query($c: String) { customers(first: 1, after: $c) { nodes { id }"
                                        + " } }",
                                Map.of("c", text)))
                .isEqualTo("INVALID_CURSOR");
        assertThat(
                        client.errorCode(
                                "query($c: String) { customers(first: 1) { nodes {"
                                        + " orders(first: 1, after: $c) { nodes { id } } } } }",
                                Map.of("c", text)))
                .isEqualTo("INVALID_CURSOR");
    }

    @Test
    void a_cursor_is_good_for_its_own_list_and_order_only() {
        String ofTickets = edges("tickets", "id", Map.of("first", 1)).cursors().getFirst();
        String byName =
                find(
                                client.ask(
                                        "{ customers(first: 1, sort: {by: NAME}) {"
                                                + " pageInfo { endCursor } } }"),
                                "pageInfo")
                        .path("endCursor")
                        .asString();

        assertThat(
                        client.errorCode(
                                "query($c: String) { customers(first: 1) { nodes {"
                                        + " orders(after: $c) { nodes { id } } } } }",
                                Map.of("c", ofTickets)))
                .isEqualTo("INVALID_CURSOR");
        assertThat(
                        client.errorCode(
                                "query($c: String) { customers(first: 1, after: $c) { nodes { id }"
                                        + " } }",
                                Map.of("c", byName)))
                .isEqualTo("INVALID_CURSOR");
    }

    private List<String> walk(
            String connection, String field, String size, String from, int count) {
        List<String> cursors = new ArrayList<>();
        Map<String, Object> page = new HashMap<>(Map.of(size, count));
        boolean isForward = size.equals("first");
        while (true) {
            Edges edges = edges(connection, field, page);
            cursors.addAll(isForward ? cursors.size() : 0, edges.cursors());
            JsonNode info = edges.pageInfo();
            if (!info.path(isForward ? "hasNextPage" : "hasPreviousPage").asBoolean()) {
                return cursors;
            }
            page.put(from, info.path(isForward ? "endCursor" : "startCursor").asString());
        }
    }

    private record Edges(List<String> cursors, JsonNode pageInfo) {}

    private Edges edges(String connection, String field, Map<String, ?> page) {
        JsonNode answer =
                client.ask(
                        """
                        query($first: Int, $after: String, $last: Int, $before: String) {
                          customer(by: {email: "person3@example.com"}) {
                            %s(first: $first, after: $after, last: $last, before: $before) {
                              edges { cursor node { %s } }
                              nodes { %s }
                              pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                          } } }
                        """
                                .formatted(connection, field, field),
                        page);
        JsonNode found = find(answer, connection);
        assertThat(found.path("edges").findValuesAsString(field))
                .isEqualTo(found.path("nodes").findValuesAsString(field));
        return new Edges(GraphClient.texts(found.path("edges"), "cursor"), found.path("pageInfo"));
    }

    private static List<Integer> positions(JsonNode items) {
        return items.path("edges")
                .valueStream()
                .map(edge -> edge.path("node").path("position").asInt())
                .toList();
    }

    private static JsonNode find(JsonNode answer, String field) {
        JsonNode found = answer.findValue(field);
        if (found == null) {
            throw new AssertionError("No " + field + " in " + answer);
        }
        return found;
    }
}
