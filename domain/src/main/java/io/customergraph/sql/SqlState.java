package io.customergraph.sql;

import io.r2dbc.spi.R2dbcException;

import org.jspecify.annotations.Nullable;

/** What PostgreSQL calls the reasons of its errors: appendix A of its manual. */
public final class SqlState {

    /** Also where a statement took longer than it may. */
    public static final String QUERY_CANCELED = "57014";

    public static final String LOCK_NOT_AVAILABLE = "55P03";

    private SqlState() {}

    /** Of a failure that Spring made of the driver's, or the driver's own; null of any other. */
    public static @Nullable String of(Throwable failure) {
        if (failure instanceof R2dbcException told) {
            return told.getSqlState();
        }
        return failure.getCause() instanceof R2dbcException cause ? cause.getSqlState() : null;
    }
}
