package io.customergraph.delivery;

/** The store of bodies did not take one, so nothing was accepted; it may be sent again. */
public final class BodyNotKept extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BodyNotKept(Throwable cause) {
        super("A body was not kept", cause, false, false);
    }
}
