package io.customergraph.ingest;

import io.customergraph.customer.Assurance;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A pair of customers that one record names, and that may be one person.
 *
 * @param sharedKinds kinds of identifiers by which a record names both
 * @param claimedKinds the same, where somebody merely claimed the value
 */
record FoundCandidate(Pair pair, String reason, Set<String> sharedKinds, Set<String> claimedKinds) {

    static final String CONFLICT = "conflict";
    static final String MARGIN = "margin";

    FoundCandidate {
        sharedKinds = Set.copyOf(sharedKinds);
        claimedKinds = Set.copyOf(claimedKinds);
    }

    /** Two customers, the same whichever is named first. */
    record Pair(UUID a, UUID b) {

        static Pair of(UUID one, UUID other) {
            return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    /** Another customer that an identifier of a record knows. */
    record Rival(UUID customer, String reason, String kind, boolean isClaimed) {

        static Rival of(UUID customer, String reason, Evidence.Value value) {
            return new Rival(
                    customer,
                    reason,
                    value.key().kind().code(),
                    value.assurance() == Assurance.CLAIMED);
        }
    }

    static FoundCandidate of(Pair pair, Rival rival) {
        Set<String> kinds = Set.of(rival.kind);
        return rival.isClaimed
                ? new FoundCandidate(pair, rival.reason, Set.of(), kinds)
                : new FoundCandidate(pair, rival.reason, kinds, Set.of());
    }

    /** What two records say of one pair; a conflict weighs more than a name that contradicts. */
    FoundCandidate and(FoundCandidate other) {
        return new FoundCandidate(
                pair,
                reason.equals(CONFLICT) ? CONFLICT : other.reason,
                union(sharedKinds, other.sharedKinds),
                union(claimedKinds, other.claimedKinds));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
