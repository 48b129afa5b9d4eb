package io.customergraph.provider;

import java.util.Locale;

/** No answer came from a provider, or none was asked for. No message holds what was sent. */
public final class ProviderUnreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Problem {
        /** It did not come in time. */
        TIMEOUT,
        /** No connection, or one that broke. */
        CONNECTION,
        /** Its host has no address. */
        UNKNOWN_HOST,
        /** Its address is none of the public network. */
        FORBIDDEN_ADDRESS,
        /** It is longer than what is read. */
        TOO_LARGE,
        /** So many calls failed that none is made for a while. */
        CIRCUIT_OPEN;

        /** The name in logs and health. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Problem problem;

    ProviderUnreachable(String provider, Problem problem) {
        super("No answer from " + provider + ": " + problem.code(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
