package io.customergraph.limits;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.introspection.IntrospectionQueryBuilder;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;

import io.customergraph.application.CustomerGraphTest;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.graphql.execution.GraphQlSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

@CustomerGraphTest
@SuppressWarnings("NullAway.Init") // Spring sets the fields before the first test.
class WholeSchemaTest {

    @Autowired private Documents documents;
    @Autowired private Limits limits;
    @Autowired private GraphQlSource source;

    @Test
    void the_page_of_a_dashboard_is_well_within_the_limits() throws IOException {
        String page =
                new ClassPathResource("operations/CustomerPage.graphql")
                        .getContentAsString(StandardCharsets.UTF_8);

        Admission.Admitted admitted = (Admission.Admitted) documents.admit(page);
        Cost cost = admitted.operation("CustomerPage").orElseThrow().cost();

        assertThat(cost.with(Map.of()))
                .as("fifty customers by default")
                .isEqualTo(cost.with(Map.of("first", 50)))
                .isBetween(4_000L, 8_000L);
        assertThat(cost.with(Map.of("first", 100))).isLessThan(limits.cost());
    }

    @Test
    void nothing_but_the_viewer_is_for_callers_without_a_scope() {
        GraphQLSchema schema = source.schema();
        ScopeRules rules = ScopeRules.of(schema);

        assertThat(
                        Stream.of(schema.getQueryType(), schema.getMutationType())
                                .filter(Objects::nonNull)
                                .flatMap(WholeSchemaTest::fields)
                                .filter(field -> isFree(rules, field)))
                .containsExactly("Query.viewer");
    }

    @Test
    void introspection_is_off_unless_somebody_turns_it_on() {
        String introspection =
                IntrospectionQueryBuilder.build(IntrospectionQueryBuilder.Options.defaultOptions());

        assertThat(documents.admit(introspection)).isInstanceOf(Admission.Refused.class);
        assertThat(new Documents(limits, true, source::schema).admit(introspection))
                .isInstanceOf(Admission.Admitted.class);
    }

    private static Stream<String> fields(GraphQLObjectType type) {
        return type.getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .map(field -> type.getName() + "." + field);
    }

    private static boolean isFree(ScopeRules rules, String coordinates) {
        int dot = coordinates.indexOf('.');
        return rules.of(coordinates.substring(0, dot), coordinates.substring(dot + 1)).isEmpty();
    }
}
