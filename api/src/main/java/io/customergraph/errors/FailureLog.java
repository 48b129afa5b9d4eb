package io.customergraph.errors;

import io.r2dbc.spi.R2dbcException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Writes down what failed, with the correlation id that the client was told. Messages of databases
 * and of parsers quote the values that they did not like, so only kinds, SQL states and places are
 * kept.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final int CAUSES = 8;

    private FailureLog() {}

    static void unexpected(String correlationId, Throwable cause) {
        try (MDC.MDCCloseable _ = MDC.putCloseable(CorrelationId.KEY, correlationId)) {
            LOG.error("A request failed, correlation id {}", correlationId, discreet(cause));
        }
    }

    static void unavailable(String correlationId, Throwable cause) {
        try (MDC.MDCCloseable _ = MDC.putCloseable(CorrelationId.KEY, correlationId)) {
            LOG.warn(
                    "The database did not answer a request, correlation id {}: {}",
                    correlationId,
                    discreet(cause).getMessage());
        }
    }

    static void unanswered(String correlationId, String what) {
        try (MDC.MDCCloseable _ = MDC.putCloseable(CorrelationId.KEY, correlationId)) {
            LOG.error("A request failed, correlation id {}: {}", correlationId, what);
        }
    }

    private static Throwable discreet(Throwable cause) {
        return Discreet.of(cause, CAUSES);
    }

    /**
     * What is ours, or states that should not be, is written with care; a parser quotes its text.
     */
    private static boolean isOurs(Throwable original) {
        return original.getClass().getName().startsWith("io.customergraph.")
                || original.getClass() == IllegalStateException.class;
    }

    /** The same stack without what the database quoted. */
    private static final class Discreet extends Throwable {

        private static final long serialVersionUID = 1L;

        private Discreet(String message, @Nullable Throwable cause, StackTraceElement[] stack) {
            super(message, cause, false, true);
            setStackTrace(stack);
        }

        static Discreet of(Throwable original, int causes) {
            Throwable inner = original.getCause();
            return new Discreet(
                    described(original),
                    inner == null || causes == 0 ? null : of(inner, causes - 1),
                    original.getStackTrace());
        }

        private static String described(Throwable original) {
            String kind = original.getClass().getName();
            return switch (original) {
                case R2dbcException failure -> kind + " [SQL state " + failure.getSqlState() + "]";
                default -> isOurs(original) ? kind + ": " + original.getMessage() : kind;
            };
        }
    }
}
