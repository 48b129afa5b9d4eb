package io.customergraph.errors;

import io.customergraph.graphql.InvalidRequest;
import io.customergraph.graphql.MissingScope;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;

import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What an exception means for the client. */
sealed interface Failure {

    /** The client can mend it. */
    record Mendable(InvalidRequest request) implements Failure {}

    /** The client's key or token is not for it. */
    record Forbidden(MissingScope missing) implements Failure {}

    /** The database cannot answer now. */
    record Unavailable(Throwable cause) implements Failure {}

    /** Nobody expected it. */
    record Unexpected(Throwable cause) implements Failure {}

    static Failure of(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof InvalidRequest request) {
            return new Mendable(request);
        }
        if (cause instanceof MissingScope missing) {
            return new Forbidden(missing);
        }
        return isUnavailable(cause) ? new Unavailable(cause) : new Unexpected(cause);
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isUnavailable(Throwable cause) {
        return switch (cause) {
            case R2dbcTransientException _,
                    R2dbcNonTransientResourceException _,
                    TransientDataAccessException _,
                    NonTransientDataAccessResourceException _,
                    CannotCreateTransactionException _ ->
                    true;
            // PostgreSQL ends a statement at its timeout with 57014, a server that stops with
            // 57P0x.
            case R2dbcException failure ->
                    failure.getSqlState() != null && failure.getSqlState().startsWith("57");
            default -> cause.getCause() instanceof R2dbcException inner && isUnavailable(inner);
        };
    }
}
