package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.matching.normalize.PersonName;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What one record says of its person, normalised.
 *
 * @param nameAssurance how far the record's names are to be believed
 * @param identifiers strongest kind first, as the tenant's policies order them; no key twice
 */
record Evidence(PersonName name, Assurance nameAssurance, List<Value> identifiers) {

    Evidence {
        identifiers = List.copyOf(identifiers);
    }

    /**
     * A value that the person is known by.
     *
     * @param canonical the value after the mailbox provider's rules
     * @param identifies whether the value may link; otherwise it is kept as weak evidence
     */
    record Value(IdentifierKey key, String canonical, Assurance assurance, boolean identifies) {}

    /** The first value of a kind, normalised; null without one. */
    @Nullable String firstOf(IdentifierKind kind) {
        for (Value value : identifiers) {
            if (value.key().kind() == kind) {
                return value.key().value();
            }
        }
        return null;
    }
}
