package io.customergraph.integration;

import io.customergraph.customer.UserError;

import java.util.List;
import java.util.UUID;

/** What became of a change of a connection. */
public sealed interface ConnectionOutcome {

    record Done(UUID connection) implements ConnectionOutcome {}

    record Refused(List<UserError> errors) implements ConnectionOutcome {
        public Refused {
            errors = List.copyOf(errors);
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("A refusal says why");
            }
        }
    }

    static ConnectionOutcome refused(UserError.Code code, String field, String message) {
        return new Refused(List.of(UserError.of(code, field, message)));
    }
}
