package io.customergraph.provider;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Whether a call is worth another attempt, and when. */
final class Patience {

    private static final Set<Integer> BUSY = Set.of(429, 503);
    private static final Set<Integer> BROKEN_ON_THE_WAY = Set.of(502, 504);

    /** Shopify writes seconds with decimals, which the RFC does not. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final int maxAttempts;
    private final Duration longestWait;
    private final Clock clock;

    Patience(int maxAttempts, Duration longestWait, Clock clock) {
        this.maxAttempts = maxAttempts;
        this.longestWait = longestWait;
        this.clock = clock;
    }

    /**
     * How long to wait after an answer before the next attempt; empty where the answer stands. One
     * that says it is busy did not do what it was asked, so that it is asked again for anything;
     * others only for what may be done twice.
     *
     * @param retryAfter the header of that name (RFC 9110 section 10.2.3)
     */
    Optional<Duration> afterAnswer(
            int status, @Nullable String retryAfter, boolean isRepeatable, int attempt) {
        boolean isWorthIt =
                (BUSY.contains(status) && (isRepeatable || status == 429 || retryAfter != null))
                        || (BROKEN_ON_THE_WAY.contains(status) && isRepeatable);
        if (!isWorthIt || attempt >= maxAttempts) {
            return Optional.empty();
        }
        Duration asked = asked(retryAfter);
        return asked == null
                ? Optional.of(pause(attempt))
                : Optional.of(asked).filter(wait -> wait.compareTo(longestWait) <= 0);
    }

    /** How long to wait where no answer came; empty to give up. */
    Optional<Duration> afterFailure(
            ProviderUnreachable.Problem problem, boolean isRepeatable, int attempt) {
        boolean isPassing =
                problem == ProviderUnreachable.Problem.TIMEOUT
                        || problem == ProviderUnreachable.Problem.CONNECTION;
        return isPassing && isRepeatable && attempt < maxAttempts
                ? Optional.of(pause(attempt))
                : Optional.empty();
    }

    private @Nullable Duration asked(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        String text = retryAfter.strip();
        try {
            if (SECONDS.matcher(text).matches()) {
                return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue());
            }
            Instant until =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(clock.instant(), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** Twice as long each time, and of a random part of it, so that calls do not come at once. */
    private Duration pause(int attempt) {
        long most = FIRST_PAUSE.toMillis() << Math.min(attempt, 10);
        long millis = ThreadLocalRandom.current().nextLong(most / 2, most);
        return Duration.ofMillis(Math.min(millis, longestWait.toMillis()));
    }
}
