package io.customergraph.webhook;

/** Why a request is not taken, as operators count it; a client is told the answer's words alone. */
enum Refused {
    UNKNOWN,
    OTHER_PROVIDER,
    UNSIGNED,
    FORGED,
    STALE,
    CLOSED,
    TOO_LARGE,
    ENCODED,
    UNREADABLE,
    TOO_MANY,
    OVERLOADED,
    NOT_KEPT,
    METHOD
}
