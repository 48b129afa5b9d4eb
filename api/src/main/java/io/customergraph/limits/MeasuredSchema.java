package io.customergraph.limits;

import graphql.schema.GraphQLSchema;

/**
 * The schema with what a walk over an operation reads from it.
 *
 * @param pageSize what is reckoned for a list whose size nobody says
 */
record MeasuredSchema(GraphQLSchema schema, ScopeRules scopes, int pageSize) {

    static MeasuredSchema of(GraphQLSchema schema, int pageSize) {
        return new MeasuredSchema(schema, ScopeRules.of(schema), pageSize);
    }
}
