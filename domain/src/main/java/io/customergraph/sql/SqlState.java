package io.customergraph.sql;

import io.r2dbc.spi.R2dbcException;

import org.jspecify.annotations.Nullable;

/** The codes by which PostgreSQL tells why it failed: appendix A of its manual. */
public final class SqlState {

    private SqlState() {}

    /** Of a failure that Spring made of the driver's, or the driver's own; null of any other. */
    public static @Nullable String of(Throwable failure) {
        if (failure instanceof R2dbcException told) {
            return told.getSqlState();
        }
        return failure.getCause() instanceof R2dbcException cause ? cause.getSqlState() : null;
    }
}
