package io.customergraph.integration;

import java.time.Duration;
import java.time.Instant;

/**
 * From one moment up to another, which is not in it; at most {@link #LONGEST}.
 *
 * @param to after {@code from}
 */
public record TimeSpan(Instant from, Instant to) {

    public static final Duration LONGEST = Duration.ofDays(90);

    public TimeSpan {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A span ends after it begins, within 90 days");
        }
    }
}
