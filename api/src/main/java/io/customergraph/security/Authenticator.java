package io.customergraph.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

import reactor.core.publisher.Mono;

/** Makes a caller of a key or token. */
final class Authenticator implements ReactiveAuthenticationManager {

    private final ApiKeys keys;
    private final @Nullable Tokens tokens;

    /**
     * @param tokens null where this server takes none
     */
    Authenticator(ApiKeys keys, @Nullable Tokens tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication presented) {
        return switch (presented) {
            case PresentedKey key -> keys.authenticate(key).cast(Authentication.class);
            case BearerTokenAuthenticationToken bearer ->
                    tokens == null
                            ? Mono.error(
                                    new NotAuthenticated("This server takes API keys, no tokens"))
                            : tokens.authenticate(bearer.getToken()).cast(Authentication.class);
            default -> Mono.empty();
        };
    }
}
