package io.customergraph.limits;

import graphql.GraphQLError;
import graphql.language.Document;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a document may go on to be run. */
sealed interface Admission {

    /**
     * It may, as far as the document itself goes.
     *
     * @param operations by name; the only one of a document stands under its name, or under ""
     */
    record Admitted(Document document, Map<String, OperationRules> operations)
            implements Admission {

        /** The operation that a request names; empty where that is none or not clear. */
        Optional<OperationRules> operation(@Nullable String name) {
            if (name == null || name.isEmpty()) {
                return operations.size() == 1
                        ? Optional.of(operations.values().iterator().next())
                        : Optional.empty();
            }
            return Optional.ofNullable(operations.get(name));
        }
    }

    /** It may not. */
    record Refused(List<GraphQLError> errors) implements Admission {

        static Refused because(GraphQLError error) {
            return new Refused(List.of(error));
        }
    }
}
