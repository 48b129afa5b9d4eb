package io.customergraph.limits;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;

import org.springframework.util.unit.DataSize;

import java.time.Duration;

/** A schema with one of each thing that the limits look at. */
final class SmallGraph {

    static final String SDL =
            """
            directive @requiresScope(scope: Scope!) on FIELD_DEFINITION
            enum Scope { CUSTOMERS_READ CUSTOMERS_WRITE REVENUE_READ TENANT_ADMIN }
            type Query {
              viewer: Viewer!
              customers(first: Int, last: Int, after: String, name: String): CustomerConnection!
                @requiresScope(scope: CUSTOMERS_READ)
              nodes(ids: [ID!]!): [Node]!
              anything: Anything
              latest(first: Int = 3): [Order!]!
            }
            type Viewer { name: String! }
            union Anything = Customer | Order
            interface Node { id: ID! }
            interface Valued { value: String }
            type CustomerConnection {
              nodes: [Customer!]! edges: [CustomerEdge!]! pageInfo: PageInfo! totalCount: Int!
            }
            type CustomerEdge { cursor: String! node: Customer! }
            type PageInfo { hasNextPage: Boolean! endCursor: String }
            type Customer implements Node & Valued {
              id: ID!
              name: String
              value: String @requiresScope(scope: REVENUE_READ)
              orders(first: Int, last: Int): OrderConnection!
              self: Customer!
            }
            type OrderConnection { nodes: [Order!]! edges: [OrderEdge!]! totalCount: Int! }
            type OrderEdge { node: Order! }
            type Order implements Node & Valued {
              id: ID!
              value: String
              customer: Customer
              money: [Money!]!
            }
            type Money { amount: String! currency: String! }
            """;

    private SmallGraph() {}

    static GraphQLSchema schema() {
        TypeDefinitionRegistry types = new SchemaParser().parse(SDL);
        RuntimeWiring wiring =
                RuntimeWiring.newRuntimeWiring()
                        .type("Node", type -> type.typeResolver(_ -> null))
                        .type("Valued", type -> type.typeResolver(_ -> null))
                        .type("Anything", type -> type.typeResolver(_ -> null))
                        .build();
        return new SchemaGenerator().makeExecutableSchema(types, wiring);
    }

    static Limits limits() {
        return new Limits(
                5_000,
                15,
                30,
                20,
                50,
                1_000,
                50_000,
                10,
                20,
                Duration.ofSeconds(10),
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(10));
    }

    static Documents documents() {
        GraphQLSchema schema = schema();
        return new Documents(limits(), true, () -> schema);
    }
}
