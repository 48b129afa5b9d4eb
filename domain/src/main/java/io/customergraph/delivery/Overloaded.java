package io.customergraph.delivery;

/** More waits to be written than may wait; the same thing may be tried again shortly. */
public final class Overloaded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Overloaded(String what) {
        super("Too many " + what + " wait to be written", null, false, false);
    }
}
