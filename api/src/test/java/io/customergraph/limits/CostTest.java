package io.customergraph.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class CostTest {

    private final Documents documents = SmallGraph.documents();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    { viewer { name } }                                                    | 2
                    { customers(first: 5) { nodes { id name } } }                          | 11
                    { customers(first: 5) { edges { cursor node { id name } } } }          | 16
                    { customers { nodes { id } } }                                         | 11
                    { customers(first: 5) { totalCount pageInfo { endCursor } } }          | 2
                    { customers(first: 50) { nodes { id orders(first: 5) { nodes { id } } } } }  | 351
                    { customers(last: 7) { ...page } } fragment page on CustomerConnection { nodes { id } } | 8
                    { customers(first: 5) { nodes { self { id } } } }                      | 11
                    { latest { id } }                                                      | 4
                    { latest(first: 20) { money { amount currency } } }                    | 421
                    { nodes(ids: ["a", "b"]) { id } }                                      | 3
                    { anything { ... on Customer { name } ... on Order { id } } }          | 3
                    { customers(first: 100000) { nodes { id } } }                          | 101
                    { customers(first: -1) { nodes { id } } }                              | 11
                    { __schema { types { name fields { name } } } }                        | 0
                    """)
    void a_page_counts_its_objects(String text, long cost) {
        assertThat(cost(text, Map.of())).isEqualTo(cost);
    }

    @Test
    void variables_say_the_size_as_well_as_literals() {
        String text =
                """
                query ($first: Int, $orders: Int = 3, $ids: [ID!]!) {
                  customers(first: $first) { nodes { id orders(first: $orders) { nodes { id } } } }
                  nodes(ids: $ids) { id }
                }
                """;

        assertThat(cost(text, Map.of("first", 2, "ids", List.of("a"))))
                .isEqualTo(1 + 2 * (1 + 1 + 3) + 1 + 1);
        assertThat(cost(text, Map.of("first", 2, "orders", 50, "ids", List.of("a"))))
                .isEqualTo(1 + 2 * (1 + 1 + 50) + 1 + 1);
        assertThat(cost(text, Map.of("first", "no number", "ids", List.of())))
                .isEqualTo(1 + 10 * (1 + 1 + 3) + 1);
        assertThat(cost(text, Map.of("first", 5_000_000_000L, "ids", "x")))
                .isEqualTo(1 + 100 * (1 + 1 + 3) + 1 + 10);
    }

    @Test
    void no_product_of_pages_overflows() {
        String text =
                "{ customers(first: 100) { nodes { "
                        + "orders(first: $n) { nodes { customer { ".repeat(4)
                        + "id"
                        + " } } }".repeat(4)
                        + " } } }";

        assertThat(cost("query ($n: Int) " + text, Map.of("n", 100)))
                .isGreaterThan(10_000_000_000L)
                .isLessThanOrEqualTo(1_000_000_000_000L);
    }

    private long cost(String text, Map<String, Object> variables) {
        return switch (documents.admit(text)) {
            case Admission.Admitted admitted ->
                    admitted.operations().values().iterator().next().cost().with(variables);
            case Admission.Refused refused -> throw new AssertionError(refused.toString());
        };
    }
}
