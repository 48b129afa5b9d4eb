package io.customergraph.customer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of a write: done to a customer, or refused with everything that is to be mended. */
public sealed interface WriteOutcome {

    record Done(UUID customerId) implements WriteOutcome {}

    record Refused(List<UserError> errors) implements WriteOutcome {
        public Refused {
            errors = List.copyOf(errors);
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("A refusal says why");
            }
        }

        public Refused(UserError error) {
            this(List.of(error));
        }
    }

    default Optional<UUID> customer() {
        return switch (this) {
            case Done done -> Optional.of(done.customerId());
            case Refused refused -> Optional.empty();
        };
    }

    default List<UserError> userErrors() {
        return switch (this) {
            case Done done -> List.of();
            case Refused refused -> refused.errors();
        };
    }
}
