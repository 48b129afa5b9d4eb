package io.customergraph.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.customergraph.tenant.Scope;

import org.junit.jupiter.api.Test;

import java.util.Map;

class ScopeRulesTest {

    private final Documents documents = SmallGraph.documents();

    @Test
    void a_field_without_a_rule_needs_no_scope() {
        assertThat(scopes("{ viewer { name } }")).isEmpty();
    }

    @Test
    void a_selected_field_needs_its_scope() {
        assertThat(scopes("{ customers { nodes { id } } }"))
                .containsExactly(Map.entry(Scope.CUSTOMERS_READ, "Query.customers"));
        assertThat(scopes("{ customers { edges { node { self { value } } } } }"))
                .containsOnlyKeys(Scope.CUSTOMERS_READ, Scope.REVENUE_READ)
                .containsEntry(Scope.REVENUE_READ, "Customer.value");
    }

    @Test
    void neither_alias_fragment_nor_directive_hides_a_field() {
        assertThat(
                        scopes(
                                """
                                query ($no: Boolean = false) { x: viewer { name } ...a @include(if: $no) }
                                fragment a on Query { y: customers { ...b @skip(if: true) } }
                                fragment b on CustomerConnection { totalCount }
                                """))
                .containsOnlyKeys(Scope.CUSTOMERS_READ);
    }

    @Test
    void an_interface_asks_what_any_type_behind_it_asks() {
        assertThat(scopes("{ nodes(ids: []) { id ... on Valued { value } } }"))
                .containsExactly(Map.entry(Scope.REVENUE_READ, "Valued.value"));
        assertThat(scopes("{ anything { ... on Customer { value } } }"))
                .containsOnlyKeys(Scope.REVENUE_READ);
        assertThat(scopes("{ anything { ... on Order { value } } }")).isEmpty();
    }

    @Test
    void each_operation_of_a_document_has_its_own() {
        Admission.Admitted admitted =
                (Admission.Admitted)
                        documents.admit(
                                "query A { viewer { name } } query B { customers { totalCount } }");

        assertThat(admitted.operation("A").orElseThrow().scopes()).isEmpty();
        assertThat(admitted.operation("B").orElseThrow().scopes())
                .containsOnlyKeys(Scope.CUSTOMERS_READ);
        assertThat(admitted.operation("C")).isEmpty();
        assertThat(admitted.operation(null)).isEmpty();
    }

    private Map<Scope, String> scopes(String text) {
        return switch (documents.admit(text)) {
            case Admission.Admitted admitted ->
                    admitted.operations().values().iterator().next().scopes();
            case Admission.Refused refused -> throw new AssertionError(refused.toString());
        };
    }
}
