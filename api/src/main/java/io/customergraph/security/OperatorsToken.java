package io.customergraph.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;

import reactor.core.publisher.Mono;

import java.security.MessageDigest;

/**
 * Opens the operators' endpoints to who sends the configured token. An address is no proof: behind
 * a proxy on the same machine everybody comes from it.
 */
final class OperatorsToken implements ReactiveAuthorizationManager<AuthorizationContext> {

    private static final String BEARER = "Bearer ";

    private final byte @Nullable [] expected;

    OperatorsToken(@Nullable String token) {
        this.expected = token == null || token.isBlank() ? null : KeyHash.of(token).toArray();
    }

    @Override
    public Mono<AuthorizationResult> authorize(
            Mono<Authentication> nobody, AuthorizationContext context) {
        String authorization =
                context.getExchange().getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return Mono.just(new AuthorizationDecision(opens(authorization)));
    }

    private boolean opens(@Nullable String authorization) {
        if (expected == null
                || authorization == null
                || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        String token = authorization.substring(BEARER.length()).strip();
        return MessageDigest.isEqual(expected, KeyHash.of(token).toArray());
    }
}
