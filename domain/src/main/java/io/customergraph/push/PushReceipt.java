package io.customergraph.push;

/** What became of a request that brought records. */
public sealed interface PushReceipt {

    /**
     * What was made of its records is committed.
     *
     * @param answer what its sender is told, now and whenever it comes again
     * @param isRepeated whether it came before
     */
    record Answered(String answer, boolean isRepeated) implements PushReceipt {}

    /** Its id came before with another body; nothing was applied. */
    record OtherBody() implements PushReceipt {}

    /** The connection takes nothing for now; nothing was applied. */
    record Paused() implements PushReceipt {}

    /** The connection takes nothing any more; nothing was applied. */
    record Closed() implements PushReceipt {}
}
