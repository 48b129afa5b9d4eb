package io.customergraph.reconcile;

/** The run is another node's by now, which does this part of it again. */
public final class ClaimLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClaimLost() {
        super("The run is worked at by another node", null, false, false);
    }
}
