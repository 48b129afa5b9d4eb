package io.customergraph.delivery;

/** What became of a delivery that was to be applied. */
public sealed interface DeliveryOutcome {

    /** It is in, and so is what it means. */
    record Applied() implements DeliveryOutcome {}

    /**
     * Nobody asked for it.
     *
     * @param why for people, without personal data
     */
    record Ignored(String why) implements DeliveryOutcome {}

    /**
     * It will not work however often it is tried: it goes to the dead letters.
     *
     * @param code for programs, such as {@code INVALID_AMOUNT}
     * @param why for people, without personal data
     */
    record Unusable(String code, String why) implements DeliveryOutcome {}
}
