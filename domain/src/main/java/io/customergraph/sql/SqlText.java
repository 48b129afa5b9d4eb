package io.customergraph.sql;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;

import org.jspecify.annotations.Nullable;

/** Text that may be missing, as a parameter of a statement. */
public final class SqlText {

    private SqlText() {}

    /** The text without what PostgreSQL cannot store; NULL where there is none. */
    public static Parameter of(@Nullable String text) {
        return text == null
                ? Parameters.in(R2dbcType.VARCHAR)
                : Parameters.in(R2dbcType.VARCHAR, JsonRows.clean(text));
    }
}
