package io.customergraph.security;

import io.customergraph.errors.ErrorAnswer;
import io.customergraph.errors.ErrorCode;
import io.customergraph.limits.Allowance;
import io.customergraph.limits.Allowances;
import io.customergraph.tenant.TenantContext;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.ServerAuthenticationSuccessHandler;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/**
 * Lets a caller in, as fast as its rate allows, and puts it and its tenant where everything behind
 * looks for them.
 */
final class Entrance implements ServerAuthenticationSuccessHandler {

    private final Allowances allowances;
    private final ErrorAnswer answer;

    Entrance(Allowances allowances, ErrorAnswer answer) {
        this.allowances = allowances;
        this.answer = answer;
    }

    @Override
    public Mono<Void> onAuthenticationSuccess(
            WebFilterExchange entering, Authentication authentication) {
        CallerAuthentication caller = (CallerAuthentication) authentication;
        ServerWebExchange exchange = entering.getExchange();
        Allowance allowance = allowances.of(caller.allowance());
        if (!allowance.take(exchange.getResponse().getHeaders())) {
            return answer.write(
                    exchange,
                    HttpStatus.TOO_MANY_REQUESTS,
                    ErrorCode.RATE_LIMITED,
                    "More requests than the key or token may send; Retry-After says when to go on");
        }
        return entering.getChain()
                .filter(exchange)
                .contextWrite(
                        context ->
                                context.putAll(TenantContext.of(caller.caller()).readOnly())
                                        .put(Allowance.class, allowance));
    }
}
