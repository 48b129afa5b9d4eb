package io.customergraph.push;

import io.customergraph.integration.IntegrationConnection;

import org.jspecify.annotations.Nullable;

/**
 * Whose records are pushed.
 *
 * @param sourceType of the records
 * @param account the name of the system, which its records carry
 * @param region where phones without a country are read; null for the tenant's
 */
public record PushSource(String sourceType, String account, @Nullable String region) {

    public static PushSource of(IntegrationConnection connection) {
        return new PushSource(
                connection.provider(), connection.account(), connection.settings().get("region"));
    }
}
