package io.customergraph.reads;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;

import io.customergraph.application.CustomerGraphTest;
import io.customergraph.config.StatementLog;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.graphql.execution.GraphQlSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The number of statements of a request depends on its shape and not on how much it finds. The
 * fields are found in the schema, so that a new one that asks once per parent fails here.
 */
@CustomerGraphTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // Spring and JUnit set the fields before the first test.
class StatementCountTest {

    private static final int PEOPLE = 12;
    private static final int EACH = 3;

    /** A node may be of any of these many types, each of which has a statement of its own. */
    private static final int KINDS_OF_NODES = 20;

    /** The lists of the root that lead to types which no customer leads to. */
    private static final List<String> LISTS =
            List.of(
                    "customers",
                    "integrationConnections",
                    "integrationApiCalls",
                    "integrationMetrics",
                    "dialog360Clients",
                    "metaWhatsAppClients");

    @Autowired private GraphQlSource source;
    @Autowired private StatementLog log;
    @LocalServerPort private int port;

    private GraphClient client;

    @BeforeAll
    void know_people() {
        client = GraphClient.ofNewTenant(port);
        client.ingest(FullHistory.product());
        for (int person = 0; person < PEOPLE; person++) {
            client.ingest(FullHistory.of(person, EACH));
        }
        for (int person = PEOPLE - EACH; person < PEOPLE; person++) {
            client.ingest(FullHistory.secondAccountOf(person));
        }
        FullIntegrations.know(client, PEOPLE);
        // The lists begin with the newest: those who have everything.
        client.update(
                "UPDATE customers SET created_at = created_at - interval '1 year'"
                        + " WHERE tenant_id = ? AND email IS NULL");
    }

    @TestFactory
    Stream<DynamicTest> a_field_asks_once_however_many_parents_and_children_there_are() {
        return fields().stream()
                .map(field -> DynamicTest.dynamicTest(field.name(), () -> check(field)));
    }

    private void check(Field field) {
        Answer few = ask(field, 1, 1);
        Answer many = ask(field, PEOPLE, 100);

        assertThat(many.data().toString())
                .as("some %s that have the field", field.type())
                .contains("\"at\":\"" + field.type() + "\"");
        if (field.isOfAnyType()) {
            assertThat(many.statements()).hasSizeLessThanOrEqualTo(few.size() + KINDS_OF_NODES);
        } else {
            assertThat(many.statements()).hasSize(few.size());
        }
    }

    @TestFactory
    Stream<DynamicTest> a_list_asks_as_often_however_much_it_finds() {
        return LISTS.stream()
                .map(
                        list -> {
                            String page =
                                    "query($first: Int!) { list: %s(first: $first) { totalCount nodes { %s } } }"
                                            .formatted(list, leaves(held(source.schema(), list)));
                            return DynamicTest.dynamicTest(
                                    list,
                                    () ->
                                            assertThat(log.during(() -> asked(page, PEOPLE, 12)))
                                                    .hasSameSizeAs(
                                                            log.during(() -> asked(page, 1, 1))));
                        });
    }

    private void asked(String page, int first, int found) {
        assertThat(client.ask(page, Map.of("first", first)).path("list").path("nodes"))
                .hasSize(found);
    }

    @Test
    void the_page_of_a_dashboard_takes_five_statements() throws IOException {
        String page =
                new ClassPathResource("operations/CustomerPage.graphql")
                        .getContentAsString(StandardCharsets.UTF_8);

        assertThat(log.during(() -> client.ask(page, Map.of("first", 1)))).hasSize(5);
        assertThat(log.during(() -> client.ask(page, Map.of("first", 50)))).hasSize(5);
    }

    @Test
    void what_is_asked_twice_in_one_way_is_read_once() {
        String twice =
                """
                { customers(first: 5) { nodes {
                    a: orders(first: 2) { nodes { id customer { id } shopifyCustomer { id } } }
                    b: orders(first: 2) { nodes { id customer { id } } }
                    tickets(first: 2) { nodes { id customer { id } } } } } }
                """;

        assertThat(log.during(() -> client.ask(twice)))
                .as("customers, orders, tickets; customers and their shops' for all of them")
                .hasSize(5);
    }

    @Test
    void nodes_are_read_by_their_types() {
        JsonNode page =
                client.ask(
                        "{ customers(first: 3) { nodes { id orders(first: 3) { nodes { id } } } }"
                                + " }");
        List<String> ids = new ArrayList<>();
        page.path("customers")
                .path("nodes")
                .forEach(
                        customer -> {
                            ids.add(customer.path("id").asString());
                            ids.addAll(
                                    GraphClient.texts(customer.path("orders").path("nodes"), "id"));
                        });

        assertThat(ids).hasSize(12);
        assertThat(
                        log.during(
                                () ->
                                        client.ask(
                                                "query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
                                                Map.of("ids", ids))))
                .hasSize(2);
    }

    private Answer ask(Field field, int parents, int children) {
        List<JsonNode> data = new ArrayList<>(1);
        List<String> statements =
                log.during(
                        () ->
                                data.add(
                                        client.ask(
                                                "query($parents: Int!, $children: Int!) "
                                                        + field.document(),
                                                Map.of("parents", parents, "children", children))));
        return new Answer(statements, data.getFirst());
    }

    private record Answer(List<String> statements, JsonNode data) {
        int size() {
            return statements.size();
        }
    }

    /** A field that holds objects, on the shortest way to its type. */
    private record Field(
            String type, GraphQLFieldDefinition definition, String way, int depth, String leaves) {

        String name() {
            return type + "." + definition.getName();
        }

        boolean isConnection() {
            return definition.getArgument("first") != null;
        }

        boolean isOfAnyType() {
            return GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLInterfaceType;
        }

        /** Its last part uses the variable that a field without pages does not. */
        String document() {
            String selection =
                    isConnection()
                            ? "(first: $children) { totalCount pageInfo { endCursor } edges {"
                                    + " cursor } nodes { "
                                    + leaves
                                    + " } }"
                            : " { " + leaves + " }";
            return way
                    + "at: __typename "
                    + definition.getName()
                    + selection
                    + " }".repeat(depth)
                    + " other: customers(first: $children) { edges { cursor } } }";
        }
    }

    /** All fields that hold objects, by a walk over the schema that starts at the root's lists. */
    private List<Field> fields() {
        GraphQLSchema schema = source.schema();
        Map<String, String> ways = new LinkedHashMap<>();
        Map<String, Integer> depths = new LinkedHashMap<>();
        Deque<GraphQLObjectType> open = new ArrayDeque<>();
        List<Field> fields = new ArrayList<>();
        for (String list : LISTS) {
            GraphQLObjectType type = held(schema, list);
            ways.put(type.getName(), "{ " + list + "(first: $parents) { nodes { ");
            depths.put(type.getName(), 2);
            open.add(type);
        }
        while (!open.isEmpty()) {
            GraphQLObjectType type = open.remove();
            for (GraphQLFieldDefinition definition : type.getFieldDefinitions()) {
                boolean isConnection = definition.getArgument("first") != null;
                GraphQLUnmodifiedType held = held(schema, definition, isConnection);
                if (GraphQLTypeUtil.isLeaf(held)) {
                    continue;
                }
                String way = ways.getOrDefault(type.getName(), "");
                int depth = depths.getOrDefault(type.getName(), 0);
                fields.add(new Field(type.getName(), definition, way, depth, leaves(held)));
                if (held instanceof GraphQLObjectType next && !ways.containsKey(next.getName())) {
                    ways.put(
                            next.getName(),
                            way
                                    + definition.getName()
                                    + (isConnection ? "(first: 2) { nodes { " : " { "));
                    depths.put(next.getName(), depth + (isConnection ? 2 : 1));
                    open.add(next);
                }
            }
        }
        return fields;
    }

    private static GraphQLObjectType held(GraphQLSchema schema, String list) {
        return (GraphQLObjectType)
                held(schema, schema.getQueryType().getFieldDefinition(list), true);
    }

    private static GraphQLUnmodifiedType held(
            GraphQLSchema schema, GraphQLFieldDefinition definition, boolean isConnection) {
        GraphQLUnmodifiedType type = GraphQLTypeUtil.unwrapAll(definition.getType());
        if (!isConnection) {
            return type;
        }
        return GraphQLTypeUtil.unwrapAll(
                schema.getObjectType(type.getName()).getFieldDefinition("nodes").getType());
    }

    private static String leaves(GraphQLUnmodifiedType type) {
        return type instanceof GraphQLObjectType object
                ? object.getFieldDefinitions().stream()
                        .filter(
                                field ->
                                        GraphQLTypeUtil.isLeaf(
                                                GraphQLTypeUtil.unwrapAll(field.getType())))
                        .map(GraphQLFieldDefinition::getName)
                        .collect(Collectors.joining(" "))
                : "__typename id";
    }
}
