package io.customergraph.sql;

import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTransientException;

import org.springframework.dao.ConcurrencyFailureException;

/** Tells whether a transaction failed only because of another, so that it may be tried again. */
public final class LostRace {

    private LostRace() {}

    /** A deadlock comes as the driver's own transient failure, which Spring does not name. */
    public static boolean isCauseOf(Throwable failure) {
        return failure instanceof ConcurrencyFailureException
                || failure.getCause() instanceof R2dbcTransientException
                || failure.getCause() instanceof R2dbcRollbackException;
    }
}
