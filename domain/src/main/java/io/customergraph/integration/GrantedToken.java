package io.customergraph.integration;

import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What a provider's consent gives.
 *
 * @param refreshToken null where the provider gives none
 * @param expiresAt null where the token does not end by itself
 * @param scopes empty where the provider does not say
 */
public record GrantedToken(
        Secret accessToken,
        @Nullable Secret refreshToken,
        @Nullable Instant expiresAt,
        List<String> scopes) {

    /** The secret beside the access token that makes the next one. */
    public static final String REFRESH_TOKEN = "refresh_token";

    public GrantedToken {
        scopes = List.copyOf(scopes);
    }
}
