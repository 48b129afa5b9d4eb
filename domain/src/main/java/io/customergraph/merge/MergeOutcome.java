package io.customergraph.merge;

import io.customergraph.customer.UserError;

import java.util.List;
import java.util.UUID;

/** What became of a merge, or of its undoing. */
public sealed interface MergeOutcome {

    /**
     * Done.
     *
     * @param other the customer that was absorbed last, or is its own again
     * @param ambiguous records that speak of both; empty for a merge
     */
    record Done(UUID survivor, UUID other, List<AmbiguousRecord> ambiguous)
            implements MergeOutcome {
        public Done {
            ambiguous = List.copyOf(ambiguous);
        }
    }

    /** Not done, and why. */
    record Refused(List<UserError> errors) implements MergeOutcome {
        public Refused {
            errors = List.copyOf(errors);
        }
    }

    /** A record whose identifiers belong to both sides; a person may link it elsewhere. */
    record AmbiguousRecord(String recordType, UUID recordId) {}
}
