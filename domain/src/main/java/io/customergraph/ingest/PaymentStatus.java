package io.customergraph.ingest;

import java.util.Locale;

/** Where a payment stands. */
public enum PaymentStatus {
    PENDING(0),
    AUTHORISED(1),
    PAID(2),
    PARTLY_REFUNDED(3),
    REFUNDED(4),
    FAILED(5),
    VOIDED(6);

    private final int stage;

    PaymentStatus(int stage) {
        this.stage = stage;
    }

    /** How far on its way a payment is: of two states of one time the further is the newer. */
    public int stage() {
        return stage;
    }

    /** The name in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether money came: only such a payment can be given back. */
    public boolean isPaid() {
        return this == PAID || this == PARTLY_REFUNDED || this == REFUNDED;
    }

    /**
     * The status of a name in the database.
     *
     * @throws IllegalArgumentException for any other
     */
    public static PaymentStatus ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
