package io.customergraph.security;

import io.customergraph.limits.Allowances;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.Scope;
import io.customergraph.tenant.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tells whose token it is. */
final class Tokens {

    private static final int LONGEST_SUBJECT = 200;

    private final ReactiveJwtDecoder decoder;
    private final SecuritySettings.Jwt settings;

    Tokens(ReactiveJwtDecoder decoder, SecuritySettings.Jwt settings) {
        this.decoder = decoder;
        this.settings = settings;
    }

    /**
     * The caller; fails with {@link NotAuthenticated} for a token that is not good, and with {@link
     * AuthenticationServiceException} where the issuer's keys cannot be had.
     */
    Mono<CallerAuthentication> authenticate(String token) {
        return decoder.decode(token)
                .map(this::authentication)
                .onErrorMap(BadJwtException.class, _ -> NotAuthenticated.badToken())
                .onErrorMap(
                        JwtException.class,
                        failure -> new AuthenticationServiceException("No keys", failure));
    }

    private CallerAuthentication authentication(Jwt jwt) {
        TenantId tenant = tenantOf(jwt);
        String subject = jwt.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            throw new NotAuthenticated("The token has no subject");
        }
        return new CallerAuthentication(
                new Caller(tenant, "user:" + subject, scopesOf(jwt)),
                new Allowances.Holder(
                        "user/" + tenant + "/" + subject, settings.requestsPerMinute()));
    }

    private TenantId tenantOf(Jwt jwt) {
        try {
            if (jwt.getClaim(settings.tenantClaim()) instanceof String tenant) {
                return new TenantId(tenant);
            }
        } catch (IllegalArgumentException notATenant) {
            throw new NotAuthenticated("The token names no tenant");
        }
        throw new NotAuthenticated("The token names no tenant");
    }

    /** RFC 8693 has one text in {@code scope}; some issuers write a list, or {@code scp}. */
    private static Set<Scope> scopesOf(Jwt jwt) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String claim : List.of("scope", "scp")) {
            add(jwt.getClaim(claim), scopes);
        }
        return scopes;
    }

    private static void add(@Nullable Object claim, Set<Scope> scopes) {
        switch (claim) {
            case String text -> {
                for (String code : text.split(" ", -1)) {
                    Scope.ofCode(code).ifPresent(scopes::add);
                }
            }
            case Collection<?> codes -> codes.forEach(code -> add(code, scopes));
            case null, default -> {}
        }
    }
}
