package io.customergraph.security;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Reads the one key or token of a request. Neither is taken from the address, where logs and
 * histories would keep it.
 */
final class Credentials implements ServerAuthenticationConverter {

    static final String API_KEY = "X-API-Key";

    private static final String BEARER = "Bearer ";
    private static final int LONGEST_KEY = 128;

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        List<String> keys = headers.getOrDefault(API_KEY, List.of());
        List<String> tokens = headers.getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        if (keys.isEmpty() && tokens.isEmpty()) {
            return Mono.empty();
        }
        if (keys.size() + tokens.size() > 1) {
            return Mono.error(
                    new NotAuthenticated("Send one API key or one token, not several of them"));
        }
        return keys.isEmpty() ? token(tokens.getFirst()) : key(keys.getFirst());
    }

    private static Mono<Authentication> key(String text) {
        return text.length() > LONGEST_KEY
                ? Mono.error(NotAuthenticated.badKey())
                : Mono.just(new PresentedKey(text));
    }

    private static Mono<Authentication> token(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Mono.error(
                    new NotAuthenticated("The Authorization header takes a bearer token"));
        }
        String token = authorization.substring(BEARER.length()).strip();
        return token.isEmpty()
                ? Mono.error(NotAuthenticated.badToken())
                : Mono.just(new BearerTokenAuthenticationToken(token));
    }
}
