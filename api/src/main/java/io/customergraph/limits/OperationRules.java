package io.customergraph.limits;

import graphql.language.Document;
import graphql.language.OperationDefinition;

import io.customergraph.tenant.Scope;

import java.util.Map;

/**
 * What one operation needs and costs.
 *
 * @param scopes that it needs, each with a field that needs it, as {@code Query.customers}
 */
record OperationRules(Map<Scope, String> scopes, Cost cost) {

    OperationRules {
        scopes = Map.copyOf(scopes);
    }

    static OperationRules of(
            OperationDefinition operation, Document document, MeasuredSchema schema) {
        return new CostWalk(operation, document, schema).walk();
    }
}
