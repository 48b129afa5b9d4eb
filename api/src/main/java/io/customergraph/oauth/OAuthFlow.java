package io.customergraph.oauth;

import io.customergraph.integration.GrantedToken;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.integration.OpenConnection;
import io.customergraph.partner.PartnerApp;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** One provider's way of asking people for consent. */
interface OAuthFlow {

    /** The provider's short name. */
    String provider();

    /**
     * What the browser is sent to the provider with.
     *
     * @param challenge of PKCE, by SHA-256; for those that support it
     */
    record Request(
            IntegrationConnection connection,
            PartnerApp app,
            List<String> scopes,
            String redirectUri,
            Secret state,
            String challenge) {}

    /** Where the browser is sent; it holds the state and no other secret. */
    URI authorizationUri(Request request);

    /**
     * Whether an answer was made by the provider; asked before its state is used.
     *
     * @param parameters each once
     */
    default boolean isGenuine(Map<String, String> parameters, PartnerApp app) {
        return true;
    }

    /** Whether an answer is of the connection that was begun. */
    default boolean isOf(IntegrationConnection connection, Map<String, String> parameters) {
        return true;
    }

    /**
     * Makes a token of the code that an answer brought.
     *
     * @param verifier of PKCE
     * @return an error ({@link NotGranted}) where the provider gives none
     */
    Mono<GrantedToken> exchange(
            OpenConnection open, PartnerApp app, String code, String redirectUri, Secret verifier);

    /**
     * Makes the next token of the present one.
     *
     * @param current the access token
     * @param refresh the refresh token; null where the provider gave none
     * @return an error ({@link NotGranted}) where the provider gives none
     */
    Mono<GrantedToken> renew(
            OpenConnection open, PartnerApp app, Secret current, @Nullable Secret refresh);
}
