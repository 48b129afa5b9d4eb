package io.customergraph.limits;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.introspection.IntrospectionQueryBuilder;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;

import io.customergraph.application.CustomerGraphTest;
import io.customergraph.graphql.NodeType;
import io.customergraph.tenant.Scope;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.graphql.execution.GraphQlSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
    void a_batch_costs_as_much_as_it_has_records() {
        String ingest =
                "mutation ($input: IngestRecordsInput!) { ingestRecords(input: $input) {"
                        + " results { index id status customerId errors { code field message } }"
                        + " accepted rejected } }";
        Cost cost =
                ((Admission.Admitted) documents.admit(ingest))
                        .operations()
                        .values()
                        .iterator()
                        .next()
                        .cost();

        assertThat(cost.with(Map.of("input", Map.of("records", Collections.nCopies(1_000, "r")))))
                .isEqualTo(1 + 1_000 * (1 + 4 + 1 + 10 * 3) + 2)
                .isLessThan(limits.cost());
        assertThat(cost.with(Map.of("input", Map.of("records", List.of("r"))))).isEqualTo(39);
    }

    @Test
    void nothing_but_the_viewer_is_for_callers_without_a_scope_and_nodes_ask_by_their_types() {
        GraphQLSchema schema = source.schema();
        ScopeRules rules = ScopeRules.of(schema);

        assertThat(
                        Stream.of(schema.getQueryType(), schema.getMutationType())
                                .filter(Objects::nonNull)
                                .flatMap(WholeSchemaTest::fields)
                                .filter(field -> isFree(rules, field)))
                .containsExactlyInAnyOrder("Query.viewer", "Query.node", "Query.nodes");
    }

    @Test
    void every_type_with_a_global_id_has_the_scope_that_its_fields_ask() {
        GraphQLSchema schema = source.schema();
        ScopeRules rules = ScopeRules.of(schema);

        for (NodeType type : NodeType.values()) {
            Set<Scope> asked = scopesOf(schema, rules, type);
            if (type.scope() == Scope.CUSTOMERS_READ) {
                // What hangs on customers is behind fields that ask it.
                assertThat(asked).as(type.typeName()).isSubsetOf(Set.of(Scope.CUSTOMERS_READ));
            } else {
                assertThat(asked).as(type.typeName()).containsOnly(type.scope());
            }
        }
        assertThat(schema.getImplementations((GraphQLInterfaceType) schema.getType("Node")))
                .extracting(GraphQLObjectType::getName)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(NodeType.values()).map(NodeType::typeName).toList());
    }

    @Test
    void no_type_leads_to_one_of_another_scope_without_asking_for_it() {
        GraphQLSchema schema = source.schema();
        ScopeRules rules = ScopeRules.of(schema);
        Map<String, Scope> scopes =
                Stream.of(NodeType.values())
                        .collect(Collectors.toMap(NodeType::typeName, NodeType::scope));

        for (GraphQLNamedType named : schema.getAllTypesAsList()) {
            if (!(named instanceof GraphQLObjectType type) || isPaper(type)) {
                continue;
            }
            Scope own = scopes.get(type.getName());
            for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
                Scope needed = scopes.get(nodeOf(field));
                if (needed != null && own != null && needed != own) {
                    assertThat(rules.of(type.getName(), field.getName()))
                            .as("%s.%s", type.getName(), field.getName())
                            .contains(needed);
                }
            }
        }
    }

    private static boolean isPaper(GraphQLObjectType type) {
        return type.getName().endsWith("Connection") && type.getFieldDefinition("edges") != null;
    }

    /** The type that a field, or a page that it gives, is of. */
    private static String nodeOf(GraphQLFieldDefinition field) {
        GraphQLUnmodifiedType below = GraphQLTypeUtil.unwrapAll(field.getType());
        return below instanceof GraphQLObjectType page && isPaper(page)
                ? GraphQLTypeUtil.unwrapAll(page.getFieldDefinition("nodes").getType()).getName()
                : below.getName();
    }

    /** The scopes that every field asks but the id, which says nothing. */
    private static Set<Scope> scopesOf(GraphQLSchema schema, ScopeRules rules, NodeType type) {
        return schema.getObjectType(type.typeName()).getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .filter(field -> !field.equals("id"))
                .map(field -> rules.of(type.typeName(), field))
                .reduce(
                        (all, one) -> {
                            Set<Scope> both = new HashSet<>(all);
                            both.retainAll(one);
                            return both;
                        })
                .orElse(Set.of());
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
