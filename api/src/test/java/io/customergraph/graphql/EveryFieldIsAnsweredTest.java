package io.customergraph.graphql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;

import org.junit.jupiter.api.Test;

class EveryFieldIsAnsweredTest {

    private static final String SCHEMA = "type Query { known: Lamp } type Lamp { title: String }";

    @Test
    void a_schema_with_a_fetcher_for_each_field_is_made() {
        assertThatCode(() -> make(wiring().type("Lamp", type -> type.dataFetcher("title", e -> 1))))
                .doesNotThrowAnyException();
    }

    @Test
    void a_field_without_one_is_named() {
        assertThatThrownBy(() -> make(wiring())).hasMessageContaining("Lamp.title");
    }

    private static RuntimeWiring.Builder wiring() {
        return RuntimeWiring.newRuntimeWiring()
                .wiringFactory(new EveryFieldIsAnswered())
                .type("Query", type -> type.dataFetcher("known", e -> 1));
    }

    private static void make(RuntimeWiring.Builder wiring) {
        new SchemaGenerator()
                .makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring.build());
    }
}
