package io.customergraph.integration;

import org.jspecify.annotations.Nullable;

/** What came of a call to a provider. */
public enum CallOutcome {
    /** It was done. */
    SUCCEEDED,
    /** The provider asked to come back later. */
    RATE_LIMITED,
    /** The provider refused it, or failed. */
    FAILED,
    /** No answer came, or it was not sent. */
    UNANSWERED;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_FAILURE = 400;

    static CallOutcome of(@Nullable Integer status) {
        if (status == null) {
            return UNANSWERED;
        }
        if (status == TOO_MANY_REQUESTS) {
            return RATE_LIMITED;
        }
        return status < FIRST_FAILURE ? SUCCEEDED : FAILED;
    }
}
