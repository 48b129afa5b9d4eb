package io.customergraph.sql;

import org.springframework.dao.ConcurrencyFailureException;

import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Repeats a transaction that another one forestalled. What is repeated is to begin a transaction of
 * its own each time.
 */
public final class LostRace {

    private static final int MAX_ATTEMPTS = 12;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private LostRace() {}

    /** Where the database tells of a deadlock or of a row that another transaction changed. */
    public static Retry again() {
        return again(ConcurrencyFailureException.class::isInstance);
    }

    /** Where a failure is one of these; the last one is passed on when it goes on failing. */
    public static Retry again(Predicate<Throwable> isLostRace) {
        return Retry.backoff(MAX_ATTEMPTS, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .filter(isLostRace)
                .onRetryExhaustedThrow((retry, signal) -> signal.failure());
    }
}
