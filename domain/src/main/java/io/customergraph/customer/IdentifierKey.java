package io.customergraph.customer;

import java.util.Comparator;

/**
 * A value that a person is known by, as the unique index sees it.
 *
 * @param scope empty where the value is global
 * @param value normalised
 */
public record IdentifierKey(IdentifierKind kind, String scope, String value)
        implements Comparable<IdentifierKey> {

    private static final Comparator<IdentifierKey> ORDER =
            Comparator.comparing((IdentifierKey key) -> key.kind().code())
                    .thenComparing(IdentifierKey::scope)
                    .thenComparing(IdentifierKey::value);

    /** The one order in which identifiers are written, so that two writers never wait in a ring. */
    @Override
    public int compareTo(IdentifierKey other) {
        return ORDER.compare(this, other);
    }
}
