package io.customergraph.secret;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password, key or token in clear. Printing it shows nothing, so that none gets into a log by way
 * of a record or a message.
 */
public final class Secret {

    /** Four characters of a shorter one would be too much of it. */
    private static final int SHORTEST_WITH_HINT = 12;

    private static final int HINT = 4;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * A secret.
     *
     * @param value not empty
     */
    public static Secret of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("An empty text is no secret");
        }
        return new Secret(value);
    }

    /** The value itself; for a header, a body or a signature, and nowhere else. */
    public String reveal() {
        return value;
    }

    /** Its last four characters, for people; null where it is too short to show any. */
    public @Nullable String lastFour() {
        return value.length() < SHORTEST_WITH_HINT ? null : value.substring(value.length() - HINT);
    }

    /** Whether a text is the same, in a time that does not tell where they differ. */
    public boolean matches(String other) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret(…)";
    }
}
