package io.customergraph.partner;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A value with the provider's time of it. */
record Dated(String value, Instant at) {

    /** The later of two, either of which may be missing. */
    static @Nullable Dated later(@Nullable Dated one, @Nullable Dated other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.at.isAfter(one.at) ? other : one;
    }
}
