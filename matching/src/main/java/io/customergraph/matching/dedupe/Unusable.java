package io.customergraph.matching.dedupe;

/** What keeps a file from being read at all; the message says how to mend it. */
final class Unusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unusable(String message) {
        super(message);
    }
}
