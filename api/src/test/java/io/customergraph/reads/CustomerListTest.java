package io.customergraph.reads;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.CustomerGraphTest;
import io.customergraph.customer.Assurance;
import io.customergraph.ingest.Person;
import io.customergraph.testing.Records;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finding, narrowing and sorting the customers of a tenant. */
@CustomerGraphTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test.
class CustomerListTest {

    @LocalServerPort private int port;

    private GraphClient client;

    @BeforeAll
    void know_people() {
        client = GraphClient.ofNewTenant(port);
        know("Mohammed Alharbi", "m.alharbi@example.com", "+966501234567");
        know("محمد القحطاني", "qahtani@example.com", "+966559876543");
        know("Françoise Lefèvre", "francoise@example.net", null);
        know("Khalid Mansour", "khalid.mansour@example.com", null);
        know("Sara Whitfield", "sara.w@example.org", "+971501112233");
        know("Sarah Whitman", null, "+971505554444");
        client.update(
                "UPDATE customers SET tags = '{vip,new}' WHERE tenant_id = ? AND last_name = ?",
                "Whitman");
        client.update(
                "UPDATE customers SET last_contact_at = NULL WHERE tenant_id = ? AND email = ?",
                "khalid.mansour@example.com");
    }

    private void know(String name, @Nullable String email, @Nullable String phone) {
        client.ingest(
                Records.ticket(
                        Records.origin("freshdesk", "acme", Records.newId()),
                        Person.of(null, name, email, phone, Assurance.OBSERVED)));
    }

    @ParameterizedTest
    @CsvSource({
        "Mohammed Alharbi, Mohammed Alharbi",
        "mohamed alharbi, Mohammed Alharbi",
        "Muhammad Al-Harbi, Mohammed Alharbi",
        "alharby, Mohammed Alharbi",
        "القحطاني, محمد القحطاني",
        "Francoise, Françoise Lefèvre",
        "lefevre, Françoise Lefèvre",
        "lefebvre, Françoise Lefèvre",
        "Kahlid Mansour, Khalid Mansour",
        "mansur, Khalid Mansour",
        "m.alharbi@example.com, Mohammed Alharbi",
        "M.Alharbi@Ex, Mohammed Alharbi",
        "sara.w@, Sara Whitfield",
        "+966501234567, Mohammed Alharbi",
        "0501234567, Mohammed Alharbi",
        "050 123 4567, Mohammed Alharbi",
        "00966 50-123-4567, Mohammed Alharbi",
        "٠٥٠١٢٣٤٥٦٧, Mohammed Alharbi",
        "1112233, Sara Whitfield",
        "(+971) 50 555 4444, Sarah Whitman"
    })
    void the_best_match_of_a_search_comes_first(String query, String name) {
        assertThat(search(query)).isNotEmpty().first().isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zzzzzzzz",
                "zzzz123456",
                "0599999999",
                "nobody@example.invalid",
                "%",
                "_____",
                "\\"
            })
    void what_nobody_is_like_finds_nobody(String query) {
        assertThat(search(query)).isEmpty();
    }

    @Test
    void the_exact_name_is_before_the_similar_one() {
        assertThat(search("Sara Whitfield")).startsWith("Sara Whitfield");
        assertThat(search("Sarah Whitman")).startsWith("Sarah Whitman");
    }

    @Test
    void a_search_is_paged_by_rank_and_narrowed_by_the_filter() {
        String document =
                """
                query($after: String, $filter: CustomerFilter) {
                  customers(first: 1, after: $after, query: "example", filter: $filter) {
                    totalCount nodes { displayName } pageInfo { hasNextPage endCursor } } }
                """;
        List<String> names = new ArrayList<>();
        Map<String, Object> variables = new HashMap<>();
        JsonNode page;
        do {
            page = client.ask(document, variables).path("customers");
            names.addAll(GraphClient.texts(page.path("nodes"), "displayName"));
            variables.put("after", page.path("pageInfo").path("endCursor").asString());
        } while (page.path("pageInfo").path("hasNextPage").asBoolean());

        assertThat(names).hasSize(5).doesNotHaveDuplicates();
        assertThat(page.path("totalCount").asInt()).isEqualTo(5);
        assertThat(
                        client.ask(document, Map.of("filter", Map.of("hasPhone", false)))
                                .path("customers")
                                .path("totalCount")
                                .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'{tag: \"vip\"}', 1",
        "'{tag: \"v\"}', 0",
        "'{hasEmail: false}', 1",
        "'{hasPhone: true, hasEmail: true}', 3",
        "'{status: ACTIVE}', 6",
        "'{status: MERGED}', 0",
        "'{source: \"freshdesk\"}', 6",
        "'{source: \"shopify\"}', 0",
        "'{lastContactFrom: \"2026-03-01T10:00:00Z\"}', 5",
        "'{lastContactTo: \"2026-03-01T11:00:00+01:00\"}', 0",
        "'{createdFrom: \"2999-01-01T00:00:00Z\"}', 0",
        "'{createdTo: \"2999-01-01T00:00:00Z\"}', 6"
    })
    void a_filter_narrows_the_list_and_its_count(String filter, int count) {
        JsonNode found =
                client.ask(
                                "{ customers(first: 100, filter: %s) { totalCount nodes { id } } }"
                                        .formatted(filter))
                        .path("customers");

        assertThat(found.path("totalCount").asInt()).isEqualTo(count);
        assertThat(found.path("nodes")).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({"CREATED_AT", "UPDATED_AT", "LAST_CONTACT_AT", "NAME"})
    void each_order_pages_up_and_down_to_the_whole_list(String by) {
        List<String> up = walk(by, "ASC", "first", "after");
        List<String> down = walk(by, "DESC", "first", "after");

        assertThat(up).hasSize(6).doesNotHaveDuplicates();
        assertThat(down).isEqualTo(up.reversed());
        assertThat(walk(by, "ASC", "last", "before")).isEqualTo(up);
        assertThat(walk(by, "DESC", "last", "before")).isEqualTo(down);
    }

    @Test
    void one_never_contacted_comes_as_the_one_longest_ago() {
        assertThat(walk("LAST_CONTACT_AT", "ASC", "first", "after")).startsWith("Khalid Mansour");
    }

    @Test
    void the_newest_come_first_where_nobody_says_otherwise() {
        List<Instant> created =
                client
                        .ask("{ customers(first: 10) { nodes { createdAt } } }")
                        .findValuesAsString("createdAt")
                        .stream()
                        .map(Instant::parse)
                        .toList();

        assertThat(created).hasSize(6).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    private List<String> search(String query) {
        return client.ask(
                        "query($q: String) { customers(first: 5, query: $q) { nodes { displayName }"
                                + " } }",
                        Map.of("q", query))
                .findValuesAsString("displayName");
    }

    private List<String> walk(String by, String direction, String size, String from) {
        String document =
                """
                query($first: Int, $after: String, $last: Int, $before: String) {
                  customers(first: $first, after: $after, last: $last, before: $before,
                            sort: {by: %s, direction: %s}) {
                    nodes { displayName }
                    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
                """
                        .formatted(by, direction);
        boolean isForward = size.equals("first");
        List<String> names = new ArrayList<>();
        Map<String, Object> page = new HashMap<>(Map.of(size, 2));
        while (true) {
            JsonNode found = client.ask(document, page).path("customers");
            names.addAll(
                    isForward ? names.size() : 0,
                    GraphClient.texts(found.path("nodes"), "displayName"));
            JsonNode info = found.path("pageInfo");
            if (!info.path(isForward ? "hasNextPage" : "hasPreviousPage").asBoolean()) {
                return names;
            }
            page.put(from, info.path(isForward ? "endCursor" : "startCursor").asString());
        }
    }
}
