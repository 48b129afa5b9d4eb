package io.customergraph.provider.payment;

import io.customergraph.delivery.DeliveryOutcome;

/** Ends the reading of a delivery of which nothing can be kept; caught where the reading began. */
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String why;

    /** For the code and the reason see {@link DeliveryOutcome.Unusable}. */
    Unreadable(String code, String why) {
        super(code, null, false, false);
        this.code = code;
        this.why = why;
    }

    DeliveryOutcome.Unusable outcome() {
        return new DeliveryOutcome.Unusable(code, why);
    }
}
