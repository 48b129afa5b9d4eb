package io.customergraph.ingest;

import io.customergraph.customer.IdentifierKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Something that a source says of what its people are known by, apart from any record. It is
 * believed of the value, and is evidence of the person: two customers are not merged by it alone.
 */
public sealed interface IdentityEvent {

    /** The source, as in {@link Origin}. */
    String sourceType();

    /** When it happened, by the source's clock. What was learnt of a number later stands. */
    Instant at();

    /**
     * A person is known by another value from then on: a changed number, an id that the channel
     * renewed. WhatsApp sends these as the system messages {@code user_changed_number} and {@code
     * user_changed_user_id}.
     *
     * @param name as the source has it, to tell who shares the value; null where it does not say
     */
    record Replaced(
            String sourceType,
            Instant at,
            ContactPoint before,
            ContactPoint after,
            @Nullable String name)
            implements IdentityEvent {}

    /** Nobody has a value any more: a number that was given up, an account that was deleted. */
    record Ended(String sourceType, Instant at, ContactPoint value) implements IdentityEvent {}

    /**
     * The source made one of two of its own people, as Shopify tells by {@code customers/merge}. It
     * gives the absorbed id to nobody else ever, so that this holds whenever it comes.
     *
     * @param kept the id that the person has from then on
     * @param absorbed the id that leads to it from then on
     */
    record Merged(String sourceType, Instant at, IdentifierKey kept, IdentifierKey absorbed)
            implements IdentityEvent {

        public Merged {
            if (kept.kind() != absorbed.kind() || !kept.scope().equals(absorbed.scope())) {
                throw new IllegalArgumentException("A source merges people of one of its accounts");
            }
        }
    }

    /** What became of an event. */
    enum Outcome {
        /** Somebody is known by something else now. */
        APPLIED,
        /** It was so already, or what is known is newer. */
        NOTHING_NEW,
        /** Several share the value, and it does not tell whose it was: nothing was changed. */
        AMBIGUOUS,
        /** Nobody is known by any of its values. */
        NOBODY_KNOWN,
        /** What should be a value is none. */
        UNREADABLE
    }
}
