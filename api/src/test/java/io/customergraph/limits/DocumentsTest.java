package io.customergraph.limits;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQLError;

import io.customergraph.errors.ApiError;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

@Timeout(10)
class DocumentsTest {

    private final Documents documents = SmallGraph.documents();

    @Test
    void a_usual_document_is_admitted_and_kept() {
        String text = "{ customers(first: 5) { nodes { id orders(first: 2) { nodes { id } } } } }";

        Admission first = documents.admit(text);

        assertThat(first).isInstanceOf(Admission.Admitted.class);
        assertThat(documents.admit(new String(text.toCharArray()))).isSameAs(first);
    }

    @Test
    void a_number_of_a_million_digits_is_refused_unread() {
        String digits = "9".repeat(1_000_000);

        for (String text :
                List.of(
                        "{ customers(first: %s) { nodes { id } } }",
                        "{ customers(first: -%s) { nodes { id } } }",
                        "{ customers(first: 1.%s) { nodes { id } } }",
                        "query ($n: Int = %s) { customers(first: $n) { nodes { id } } }",
                        "# \"\n{ customers(first: %s) { nodes { id } } }",
                        "{ customers(after: \"\\\"\", first: %s) { nodes { id } } }",
                        "{ customers(after: \"\"\"\\\"\"\" \"\"\", first: %s) { nodes { id } } }",
                        "{ customers(after: \"\n, first: %s) { nodes { id } } }")) {
            assertThat(codes(text.formatted(digits))).containsExactly("BAD_USER_INPUT");
        }
    }

    @Test
    void digits_in_texts_and_comments_are_no_numbers() {
        String digits = "9".repeat(500);

        for (String text :
                List.of(
                        "# %s\n{ customers(first: 1) { nodes { id } } }",
                        "{ customers(first: 1) { nodes { id } } } # %s",
                        "{ customers(first: 1, after: \"%s\") { nodes { id } } }",
                        "{ customers(first: 1, after: \"\"\"\" %s\"\"\") { nodes { id } } }")) {
            assertThat(documents.admit(text.formatted(digits)))
                    .as(text)
                    .isInstanceOf(Admission.Admitted.class);
        }
    }

    @Test
    void two_hundred_levels_are_too_deep() {
        String text = "{ customers { nodes { " + "self { ".repeat(197) + "id" + " }".repeat(200);

        assertThat(codes(text)).containsExactly("QUERY_TOO_DEEP");
        assertThat(details(text, "actual")).isEqualTo(200L);
        assertThat(details(text, "limit")).isEqualTo(15L);
    }

    @Test
    void thousands_of_levels_do_not_exhaust_the_stack() {
        String text = "{a".repeat(2_000) + "}".repeat(2_000);

        assertThat(codes(text)).containsExactly("QUERY_TOO_DEEP");
    }

    @Test
    void levels_are_counted_through_fragments() {
        String text =
                "{ customers { nodes { ...a } } }"
                        + IntStream.range(0, 20)
                                .mapToObj(
                                        i ->
                                                "fragment %s on Customer { self { ...%s } }"
                                                        .formatted(name(i), name(i + 1)))
                                .collect(Collectors.joining())
                        + "fragment %s on Customer { id }".formatted(name(20));

        assertThat(codes(text)).containsExactly("QUERY_TOO_DEEP");
        assertThat(details(text, "actual")).isEqualTo(23L);
    }

    @Test
    void fragments_that_double_each_other_cost_nothing_to_refuse() {
        String text =
                "{ viewer { ...a } }"
                        + IntStream.range(0, 25)
                                .mapToObj(
                                        i ->
                                                "fragment %s on Viewer { ...%s ...%s }"
                                                        .formatted(
                                                                name(i), name(i + 1), name(i + 1)))
                                .collect(Collectors.joining())
                        + "fragment %s on Viewer { name }".formatted(name(25));

        assertThat(codes(text)).containsExactly("TOO_MANY_FIELDS");
    }

    @Test
    void fragments_that_spread_themselves_are_refused_by_validation() {
        String text =
                "{ viewer { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }";

        assertThat(documents.admit(text)).isInstanceOf(Admission.Refused.class);
        assertThat(codes(text)).contains("ValidationError");
    }

    @Test
    void a_fragment_that_nobody_uses_counts_too() {
        String text =
                "{ viewer { name } } fragment a on Viewer { "
                        + aliases(100, "name")
                        + " } fragment a on Viewer { "
                        + aliases(7, "name")
                        + " }";

        assertThat(codes(text)).containsExactly("TOO_MANY_ALIASES");
        assertThat(details(text, "actual")).isEqualTo(107L);
    }

    @Test
    void aliases_are_counted_where_fragments_repeat_them() {
        String fragment = " fragment a on Viewer { " + aliases(10, "name") + " }";

        assertThat(codes("{ viewer { ...a } }" + fragment)).isEmpty();
        assertThat(codes("{ a: viewer { ...a } b: viewer { ...a } c: viewer { ...a } }" + fragment))
                .containsExactly("TOO_MANY_ALIASES");
    }

    @Test
    void ten_thousand_aliases_end_at_the_tokens() {
        assertThat(codes("{" + aliases(10_000, "viewer { name }") + "}"))
                .containsExactly("TOO_MANY_TOKENS");
    }

    @Test
    void too_many_root_fields_directives_and_fields_are_told_together() {
        String text =
                "{"
                        + "viewer @include(if: true) { name } ".repeat(60)
                        + "viewer { name }".repeat(500);

        assertThat(codes(text + "}"))
                .containsExactly("TOO_MANY_ROOT_FIELDS", "TOO_MANY_DIRECTIVES", "TOO_MANY_FIELDS");
    }

    @Test
    void the_largest_admitted_document_is_validated_quickly() {
        String text = "{ viewer { " + "name ".repeat(990) + "} }";
        documents.admit(text);
        long start = System.nanoTime();

        documents.admit(text + "#");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void the_introspection_of_common_tools_is_admitted_where_it_is_on() {
        String text =
                graphql.introspection.IntrospectionQueryBuilder.build(
                        graphql.introspection.IntrospectionQueryBuilder.Options.defaultOptions());

        assertThat(codes(text)).isEmpty();
    }

    @Test
    void introspection_is_refused_where_it_is_off() {
        Documents closed = new Documents(SmallGraph.limits(), false, SmallGraph::schema);

        assertThat(codes(closed, "{ __schema { types { name } } }"))
                .containsExactly("INTROSPECTION_DISABLED");
        assertThat(codes(closed, "{ ...a } fragment a on Query { __type(name: \"X\") { name } }"))
                .containsExactly("INTROSPECTION_DISABLED");
        assertThat(codes(closed, "{ __typename viewer { __typename } }")).isEmpty();
    }

    @Test
    void text_that_cannot_be_stored_is_refused_in_literals() {
        assertThat(codes("{ customers(name: \"a\\u0000b\") { totalCount } }"))
                .containsExactly("BAD_USER_INPUT");
        assertThat(codes("{ customers(name: \"a\\uD83D\") { totalCount } }"))
                .containsExactly("BAD_USER_INPUT");
        assertThat(codes("{ customers(name: \"a\\uD83D\\uDE00\") { totalCount } }")).isEmpty();
        assertThat(
                        codes(
                                "query ($n: String = \"\\u0000\") { customers(name: $n) {"
                                        + " totalCount } }"))
                .containsExactly("BAD_USER_INPUT");
    }

    @Test
    void the_number_of_told_faults_is_bounded() {
        graphql.validation.Validator.setMaxValidationErrors(20);

        assertThat(
                        codes(
                                "{ viewer { "
                                        + IntStream.range(0, 200)
                                                .mapToObj(DocumentsTest::name)
                                                .collect(Collectors.joining(" "))
                                        + " } }"))
                .hasSizeLessThanOrEqualTo(21);
    }

    private List<String> codes(String text) {
        return codes(documents, text);
    }

    private static List<String> codes(Documents documents, String text) {
        return errors(documents, text).stream()
                .map(e -> e instanceof ApiError error ? error.code() : "" + e.getErrorType())
                .toList();
    }

    private @Nullable Object details(String text, String name) {
        return errors(documents, text).getFirst().getExtensions().get(name);
    }

    private static List<GraphQLError> errors(Documents documents, String text) {
        return switch (documents.admit(text)) {
            case Admission.Admitted _ -> Collections.emptyList();
            case Admission.Refused(List<GraphQLError> errors) -> errors;
        };
    }

    private static String aliases(int count, String field) {
        return IntStream.range(0, count)
                .mapToObj(i -> "x%d: %s ".formatted(i, field))
                .collect(Collectors.joining());
    }

    private static String name(int number) {
        return number == 0 ? "a" : "f" + number;
    }
}
