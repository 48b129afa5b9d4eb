package io.customergraph.security;

import io.customergraph.tenant.Caller;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A key that opened the API when it was looked up.
 *
 * @param expiresAt null for one that does not
 */
record ApiKey(UUID id, Caller caller, int requestsPerMinute, @Nullable Instant expiresAt) {

    boolean isGoodAt(Instant time) {
        return expiresAt == null || time.isBefore(expiresAt);
    }
}
