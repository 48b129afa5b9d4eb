package io.customergraph.reads;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.application.CustomerGraphTest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every id ever issued keeps answering. */
@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test.
class MergedCustomersTest {

    @LocalServerPort private int port;

    private GraphClient client;
    private final Map<String, String> ids = new HashMap<>();

    /** "one" was merged into "two", and that into "three". */
    @BeforeEach
    void merge_three_into_one() {
        client = GraphClient.ofNewTenant(port);
        client.ingest(FullHistory.product());
        for (int person = 1; person <= 3; person++) {
            client.ingest(FullHistory.of(person, 1));
        }
        for (int person = 1; person <= 3; person++) {
            ids.put("person" + person, idOf("person%d@example.com".formatted(person)));
        }
        merge(1, 2);
        merge(2, 3);
    }

    @Test
    void the_id_of_a_merged_customer_answers_with_the_survivor() {
        String survivor = ids.getOrDefault("person3", "");
        JsonNode answer =
                client.ask(
                        """
                        query($one: ID!, $two: ID!, $three: ID!) {
                          customer(by: {id: $one}) { id status mergedInto { id } }
                          node(id: $one) { id }
                          nodes(ids: [$one, $two, $three]) { id }
                        }
                        """,
                        Map.of(
                                "one", ids.getOrDefault("person1", ""),
                                "two", ids.getOrDefault("person2", ""),
                                "three", survivor));

        assertThat(answer.path("customer").path("id").asString()).isEqualTo(survivor);
        assertThat(answer.path("customer").path("status").asString()).isEqualTo("ACTIVE");
        assertThat(answer.path("customer").path("mergedInto").isNull()).isTrue();
        assertThat(answer.path("node").path("id").asString()).isEqualTo(survivor);
        assertThat(GraphClient.texts(answer.path("nodes"), "id"))
                .isEqualTo(List.of(survivor, survivor, survivor));
    }

    @Test
    void the_survivor_knows_whom_it_absorbed() {
        JsonNode answer =
                client.ask(
                        "query($id: ID!) { customer(by: {id: $id}) { mergedFrom { id } } }",
                        Map.of("id", ids.getOrDefault("person3", "")));

        assertThat(answer.findValuesAsString("id")).containsExactly(ids.get("person2"));
    }

    @Test
    void lists_and_searches_show_the_survivor_alone() {
        JsonNode answer =
                client.ask(
                        """
                        {
                          customers(first: 10) { totalCount nodes { id } }
                          found: customers(first: 10, query: "person") { nodes { id } }
                        }
                        """);

        assertThat(answer.findValuesAsString("id"))
                .containsExactly(ids.get("person3"), ids.get("person3"));
        assertThat(answer.path("customers").path("totalCount").asInt()).isOne();
    }

    private String idOf(String email) {
        return client.ask(
                        "query($e: EmailAddress!) { customer(by: {email: $e}) { id } }",
                        Map.of("e", email))
                .path("customer")
                .path("id")
                .asString();
    }

    private void merge(int absorbed, int survivor) {
        client.update(
                """
                UPDATE customers absorbed
                SET status = 'merged', merged_into = survivor.id
                FROM customers survivor
                WHERE absorbed.tenant_id = ? AND survivor.tenant_id = absorbed.tenant_id
                  AND absorbed.email = ? AND survivor.email = ?
                """,
                "person%d@example.com".formatted(absorbed),
                "person%d@example.com".formatted(survivor));
    }
}
