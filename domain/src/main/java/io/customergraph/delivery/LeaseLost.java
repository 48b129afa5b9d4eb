package io.customergraph.delivery;

/** Another node took a batch up, since this one was silent for too long: nothing is committed. */
final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLost(String claim) {
        super("The claim " + claim + " is another node's now");
    }
}
