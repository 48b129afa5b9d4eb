package io.customergraph.graphql;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Why a person decided, as an input says it in {@code reason}. */
public final class Reason {

    private static final int MAX_LENGTH = 500;

    private Reason() {}

    /**
     * The reason that an input gives; null where it gives none.
     *
     * @throws InvalidRequest where it is too long for the ledger
     */
    public static @Nullable String of(Map<String, Object> input) {
        String reason = (String) input.get("reason");
        if (reason != null && reason.codePointCount(0, reason.length()) > MAX_LENGTH) {
            throw new InvalidRequest(
                    InvalidRequest.Code.BAD_USER_INPUT,
                    "`reason` has at most " + MAX_LENGTH + " characters");
        }
        return reason;
    }
}
