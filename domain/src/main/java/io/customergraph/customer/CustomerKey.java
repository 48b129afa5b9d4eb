package io.customergraph.customer;

import java.util.UUID;

/** One way to name a customer. */
public sealed interface CustomerKey {

    /** By an id that was ever issued. */
    record Id(UUID id) implements CustomerKey {}

    /**
     * By what the person is known by.
     *
     * @param scope where the value means this person; {@code *} for wherever it is one person's
     * @param value normalised
     */
    record Value(IdentifierKind kind, String scope, String value) implements CustomerKey {}
}
