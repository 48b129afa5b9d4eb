package io.customergraph.sql;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;

/** Times as parameters of statements. */
public final class SqlTime {

    private SqlTime() {}

    /** The time, in UTC; NULL where there is none. */
    public static Parameter of(@Nullable Instant time) {
        return time == null
                ? Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE)
                : Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, time.atOffset(ZoneOffset.UTC));
    }
}
