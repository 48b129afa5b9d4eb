package io.customergraph.errors;

import org.jspecify.annotations.Nullable;

import reactor.util.context.ContextView;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What a request, its log lines and its errors have in common. A client may choose it, so it is a
 * name and no secret, and it is unique only as far as the client takes care.
 */
public final class CorrelationId {

    /** The key in the Reactor context (a string), in GraphQL's context, and in the MDC. */
    public static final String KEY = "correlationId";

    /** The header of the request and of the answer. */
    public static final String HEADER = "X-Correlation-Id";

    private static final int MAXIMUM_LENGTH = 64;

    private CorrelationId() {}

    /** The request's correlation id; {@code "none"} outside a request. */
    public static String of(ContextView context) {
        return context.<String>getOrEmpty(KEY).orElse("none");
    }

    /** The client's own, where it is safe to write to a log, else a new one. */
    static String chosenOrNew(@Nullable String presented) {
        return presented != null && isSafe(presented) ? presented : next();
    }

    private static boolean isSafe(String presented) {
        int length = presented.length();
        if (length == 0 || length > MAXIMUM_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = presented.charAt(i);
            boolean safe =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '.'
                            || c == '_'
                            || c == '-';
            if (!safe) {
                return false;
            }
        }
        return true;
    }

    private static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Long.toUnsignedString(random.nextLong(), 36)
                + Long.toUnsignedString(random.nextLong(), 36);
    }
}
