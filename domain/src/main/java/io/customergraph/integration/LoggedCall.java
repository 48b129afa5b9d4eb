package io.customergraph.integration;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt of a call to a provider, as it is written down.
 *
 * @param path a template, without ids and query
 * @param status null where no answer came
 * @param problem why none came, as a code; null where one did
 * @param attempt 1 for the first
 */
public record LoggedCall(
        UUID id,
        UUID connectionId,
        String method,
        String host,
        String path,
        @Nullable Integer status,
        @Nullable String problem,
        int attempt,
        long durationMs,
        @Nullable String correlationId,
        Instant occurredAt) {}
