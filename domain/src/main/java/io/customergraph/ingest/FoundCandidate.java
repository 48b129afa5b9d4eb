package io.customergraph.ingest;

import io.customergraph.customer.Assurance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A pair of customers that one record names, and that may be one person.
 *
 * @param sharedKinds kinds of identifiers by which a record names both
 * @param claimedKinds the same, where somebody merely claimed the value
 */
record FoundCandidate(Pair pair, Reason reason, Set<String> sharedKinds, Set<String> claimedKinds) {

    FoundCandidate {
        sharedKinds = Set.copyOf(sharedKinds);
        claimedKinds = Set.copyOf(claimedKinds);
    }

    /** Why a pair is found, what weighs most first. */
    enum Reason {
        SOURCE_MERGE("source_merge"),
        CONFLICT("conflict"),
        DRIFT("drift"),
        SAME_MAILBOX("same_mailbox"),
        MARGIN("margin");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** The name in the database. */
        String code() {
            return code;
        }
    }

    /** Two customers, the same whichever is named first. */
    record Pair(UUID a, UUID b) {

        static Pair of(UUID one, UUID other) {
            return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    /** Another customer that an identifier of a record knows. */
    record Rival(UUID customer, Reason reason, Set<String> sharedKinds, Set<String> claimedKinds) {

        Rival {
            sharedKinds = Set.copyOf(sharedKinds);
            claimedKinds = Set.copyOf(claimedKinds);
        }

        static Rival of(UUID customer, Reason reason, Evidence.Value value) {
            Set<String> kinds = Set.of(value.key().kind().code());
            return value.assurance() == Assurance.CLAIMED
                    ? new Rival(customer, reason, Set.of(), kinds)
                    : new Rival(customer, reason, kinds, Set.of());
        }

        /** Who has another way to write the mailbox: alike, and not the same value. */
        static Rival ofSameMailbox(UUID customer, Evidence.Value value) {
            Rival sharing = of(customer, Reason.SAME_MAILBOX, value);
            return new Rival(customer, sharing.reason, Set.of(), sharing.claimedKinds);
        }

        /** A claim may attach a record: that its new customer is alike rests on nothing claimed. */
        Rival ofNewCustomer() {
            return reason == Reason.SAME_MAILBOX
                    ? new Rival(customer, reason, sharedKinds, Set.of())
                    : this;
        }

        Rival because(Reason other) {
            return new Rival(customer, other, sharedKinds, claimedKinds);
        }
    }

    static FoundCandidate of(UUID customer, Rival rival) {
        return new FoundCandidate(
                Pair.of(customer, rival.customer),
                rival.reason,
                rival.sharedKinds,
                rival.claimedKinds);
    }

    /** What two records say of one pair. */
    FoundCandidate and(FoundCandidate other) {
        return new FoundCandidate(
                pair,
                reason.compareTo(other.reason) <= 0 ? reason : other.reason,
                union(sharedKinds, other.sharedKinds),
                union(claimedKinds, other.claimedKinds));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Without one of them, such as the record's own customer. */
    static List<Rival> without(UUID customer, List<Rival> rivals) {
        return rivals.stream().filter(rival -> !rival.customer.equals(customer)).toList();
    }
}
