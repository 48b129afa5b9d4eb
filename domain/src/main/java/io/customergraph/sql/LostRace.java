package io.customergraph.sql;

import io.r2dbc.spi.R2dbcException;

import org.springframework.dao.ConcurrencyFailureException;

import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Tells whether a transaction failed only because of another, and repeats it then. What is repeated
 * is to begin a transaction of its own each time.
 */
public final class LostRace {

    private static final int MAX_ATTEMPTS = 12;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    /** The class of SQL states; a wait for a lock that took too long is of another. */
    private static final String ROLLED_BACK = "40";

    private LostRace() {}

    /** A deadlock comes as the driver's own transient failure, which Spring does not name. */
    public static boolean isCauseOf(Throwable failure) {
        return failure.getCause() instanceof R2dbcException told
                ? told.getSqlState() != null && told.getSqlState().startsWith(ROLLED_BACK)
                : failure instanceof ConcurrencyFailureException;
    }

    /** Where the database tells of a deadlock or of a row that another transaction changed. */
    public static Retry again() {
        return again(LostRace::isCauseOf);
    }

    /** Where a failure is one of these; the last one is passed on when it goes on failing. */
    public static Retry again(Predicate<Throwable> isLostRace) {
        return Retry.backoff(MAX_ATTEMPTS, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .filter(isLostRace)
                .onRetryExhaustedThrow((retry, signal) -> signal.failure());
    }
}
