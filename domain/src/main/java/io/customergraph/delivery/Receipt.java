package io.customergraph.delivery;

/** What became of a delivery that came in. */
public enum Receipt {
    /** It is kept, and survives a crash. */
    ACCEPTED,
    /** It was kept before. */
    REPEATED,
    /** The connection takes nothing any more. */
    CLOSED
}
