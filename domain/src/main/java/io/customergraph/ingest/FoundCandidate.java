package io.customergraph.ingest;

import io.customergraph.customer.Assurance;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A pair of customers that one record names, and that may be one person.
 *
 * @param sharedKinds kinds of identifiers by which a record names both; a value that somebody
 *     merely claimed is none
 */
record FoundCandidate(Pair pair, String reason, Set<String> sharedKinds) {

    static final String CONFLICT = "conflict";
    static final String MARGIN = "margin";

    FoundCandidate {
        sharedKinds = Set.copyOf(sharedKinds);
    }

    /** Two customers, the same whichever is named first. */
    record Pair(UUID a, UUID b) {

        static Pair of(UUID one, UUID other) {
            return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    /**
     * Another customer that an identifier of a record knows.
     *
     * @param sharedKind empty where the value was merely claimed
     */
    record Rival(UUID customer, String reason, String sharedKind) {

        static Rival of(UUID customer, String reason, Evidence.Value value) {
            return new Rival(
                    customer,
                    reason,
                    value.assurance() == Assurance.CLAIMED ? "" : value.key().kind().code());
        }
    }

    static FoundCandidate of(Pair pair, Rival rival) {
        return new FoundCandidate(
                pair,
                rival.reason,
                rival.sharedKind.isEmpty() ? Set.of() : Set.of(rival.sharedKind));
    }

    /** What two records say of one pair; a conflict weighs more than a name that contradicts. */
    FoundCandidate and(FoundCandidate other) {
        Set<String> kinds = new HashSet<>(sharedKinds);
        kinds.addAll(other.sharedKinds);
        return new FoundCandidate(pair, reason.equals(CONFLICT) ? CONFLICT : other.reason, kinds);
    }
}
