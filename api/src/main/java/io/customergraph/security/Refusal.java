package io.customergraph.security;

import io.customergraph.errors.ErrorAnswer;
import io.customergraph.errors.ErrorCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/** Turns away whom nobody knows, and says what would open. */
final class Refusal implements ServerAuthenticationEntryPoint, ServerAuthenticationFailureHandler {

    private final ErrorAnswer answer;
    private final String challenge;
    private final String whatOpens;

    private Refusal(ErrorAnswer answer, String challenge, String whatOpens) {
        this.answer = answer;
        this.challenge = challenge;
        this.whatOpens = whatOpens;
    }

    static Refusal ofClients(ErrorAnswer answer, boolean takesTokens) {
        String key = "ApiKey realm=\"customergraph\", header=\"X-API-Key\"";
        return takesTokens
                ? new Refusal(
                        answer,
                        key + ", Bearer realm=\"customergraph\"",
                        "Send an API key in X-API-Key or a bearer token in Authorization")
                : new Refusal(answer, key, "Send an API key in X-API-Key");
    }

    static Refusal ofOperators(ErrorAnswer answer) {
        return new Refusal(
                answer,
                "Bearer realm=\"customergraph operations\"",
                "Send the operators' token as a bearer token in Authorization");
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException reason) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return answer.write(
                exchange,
                HttpStatus.UNAUTHORIZED,
                ErrorCode.UNAUTHENTICATED,
                reason instanceof NotAuthenticated told && told.getMessage() != null
                        ? told.getMessage()
                        : whatOpens);
    }

    @Override
    public Mono<Void> onAuthenticationFailure(
            WebFilterExchange turnedAway, AuthenticationException reason) {
        ServerWebExchange exchange = turnedAway.getExchange();
        if (reason instanceof AuthenticationServiceException) {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
            return answer.write(
                    exchange,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    ErrorCode.UNAVAILABLE,
                    "The issuer's keys cannot be had now; try again shortly");
        }
        return commence(exchange, reason);
    }
}
