package io.customergraph.integration;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A change of a connection; what is null stays as it is.
 *
 * @param fields settings to be changed, not secrets
 */
public record ConnectionChange(
        @Nullable String name,
        @Nullable String environment,
        @Nullable Boolean isPaused,
        List<GivenField> fields) {

    public ConnectionChange {
        fields = List.copyOf(fields);
    }
}
