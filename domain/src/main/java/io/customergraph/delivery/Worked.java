package io.customergraph.delivery;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What one batch came to.
 *
 * @param provider whose deliveries they were; null where there were none
 * @param claimed how many were taken up
 * @param failed how many are to be tried again
 * @param nextAttempt when the first of these is due; null where there is none
 */
public record Worked(
        @Nullable String provider,
        int claimed,
        int processed,
        int ignored,
        int dead,
        int failed,
        @Nullable Instant nextAttempt) {

    /** There was nothing to do. */
    public static final Worked NOTHING = new Worked(null, 0, 0, 0, 0, 0, null);

    /** Whether anything was done: there may be more then. */
    public boolean isSomething() {
        return claimed > 0;
    }
}
