package io.customergraph.ingest;

import io.customergraph.customer.IdentifierKey;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * To whom a record was found to belong.
 *
 * @param customer null for nobody that can be told
 * @param home whose it would be without any merge; the customer itself, mostly
 * @param rule what decided
 * @param by the identifier that decided, where one did
 * @param alsoKnown homes of other customers that its identifiers know: evidence for a later merge
 * @param rivals other customers whom the record may be about
 */
record Attribution(
        IncomingRecord incoming,
        @Nullable UUID customer,
        @Nullable UUID home,
        String rule,
        Optional<IdentifierKey> by,
        List<UUID> alsoKnown,
        List<FoundCandidate.Rival> rivals) {

    static final String STANDING = "standing";
    static final String NEW_PERSON = "new_person";
    static final String NO_IDENTITY = "no_identity";

    /** Whether the ledger has to record that the record belongs to the customer. */
    boolean isNewLink() {
        return customer != null && !rule.equals(STANDING);
    }

    Resolution resolution() {
        if (customer == null) {
            return new Resolution.Unattributed();
        }
        return rule.equals(NEW_PERSON)
                ? new Resolution.Created(customer)
                : new Resolution.Linked(customer, rule);
    }
}
