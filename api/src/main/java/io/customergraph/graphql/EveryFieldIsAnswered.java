package io.customergraph.graphql;

import graphql.language.ObjectTypeDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.WiringFactory;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

import java.util.List;

/**
 * Lets the application start only where each field of the schema has a fetcher. Else graphql-java
 * would look for a property by reflection at each use, and answer null where there is none.
 */
@Component
final class EveryFieldIsAnswered implements RuntimeWiringConfigurer, WiringFactory {

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        // Each feature adds its own fetchers.
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring, List<WiringFactory> container) {
        container.add(this);
    }

    @Override
    public @Nullable DataFetcher<?> getDefaultDataFetcher(FieldWiringEnvironment environment) {
        if (environment.getParentType() instanceof ObjectTypeDefinition type) {
            throw new IllegalStateException(
                    "Nothing answers %s.%s: add it to the Fields of %s"
                            .formatted(
                                    type.getName(),
                                    environment.getFieldDefinition().getName(),
                                    type.getName()));
        }
        return null;
    }
}
