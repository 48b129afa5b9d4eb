package io.customergraph.limits;

import graphql.language.EnumValue;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLImplementingType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;

import io.customergraph.tenant.Scope;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which scopes each field of the schema needs, by {@code @requiresScope}. A field of an interface
 * needs what the field needs on any type behind the interface, and a type's field what its
 * interfaces ask: no way around leads to the same value.
 */
final class ScopeRules {

    private static final String DIRECTIVE = "requiresScope";

    private final Map<String, Map<String, Set<Scope>>> byTypeAndField = new HashMap<>();

    private ScopeRules() {}

    static ScopeRules of(GraphQLSchema schema) {
        ScopeRules rules = new ScopeRules();
        for (GraphQLNamedType type : schema.getAllTypesAsList()) {
            if (type instanceof GraphQLFieldsContainer container) {
                for (GraphQLFieldDefinition field : container.getFieldDefinitions()) {
                    rules.note(schema, container, field);
                }
            }
        }
        return rules;
    }

    /** The scopes that a selection of the field needs; mostly none. */
    Set<Scope> of(String type, String field) {
        return byTypeAndField.getOrDefault(type, Map.of()).getOrDefault(field, Set.of());
    }

    private void note(
            GraphQLSchema schema, GraphQLFieldsContainer type, GraphQLFieldDefinition field) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        addOwn(field, scopes);
        if (type instanceof GraphQLImplementingType implementing) {
            for (GraphQLNamedOutputType named : implementing.getInterfaces()) {
                if (named instanceof GraphQLInterfaceType above) {
                    addOf(above, field.getName(), scopes);
                }
            }
        }
        if (type instanceof GraphQLInterfaceType above) {
            schema.getImplementations(above)
                    .forEach(behind -> addOf(behind, field.getName(), scopes));
        }
        if (!scopes.isEmpty()) {
            byTypeAndField
                    .computeIfAbsent(type.getName(), _ -> new HashMap<>())
                    .put(field.getName(), scopes);
        }
    }

    private static void addOf(GraphQLFieldsContainer type, String field, Set<Scope> scopes) {
        GraphQLFieldDefinition definition = type.getFieldDefinition(field);
        if (definition != null) {
            addOwn(definition, scopes);
        }
    }

    private static void addOwn(GraphQLFieldDefinition field, Set<Scope> scopes) {
        for (GraphQLAppliedDirective directive : field.getAppliedDirectives(DIRECTIVE)) {
            GraphQLAppliedDirectiveArgument argument = directive.getArgument("scope");
            if (argument != null) {
                scopes.add(scopeOf(argument));
            }
        }
    }

    /** A scope that this version does not know must not pass for none: the start fails. */
    private static Scope scopeOf(GraphQLAppliedDirectiveArgument argument) {
        Object value = argument.getArgumentValue().getValue();
        return Scope.valueOf(
                value instanceof EnumValue literal ? literal.getName() : String.valueOf(value));
    }
}
