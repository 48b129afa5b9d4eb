package io.customergraph.oauth;

import io.customergraph.integration.ConnectionAuthorizations;
import io.customergraph.integration.OpenConnection;
import io.customergraph.tenant.TenantContext;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

/**
 * The code that Meta's embedded sign-up gives the company's page: the company's token is made of it
 * and becomes a secret of its connection.
 */
@Component
public final class EmbeddedSignup {

    private final MetaOAuth meta;
    private final PlatformApps apps;
    private final ConnectionAuthorizations authorizations;

    EmbeddedSignup(MetaOAuth meta, PlatformApps apps, ConnectionAuthorizations authorizations) {
        this.meta = meta;
        this.apps = apps;
        this.authorizations = authorizations;
    }

    /** Meta gave no token. The message is a code and repeats nothing. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String problem) {
            super(problem, null, false, false);
        }
    }

    /** Exchanges a code; an error ({@link Refused}) where there is no token for it. */
    public Mono<Void> exchange(OpenConnection open, String code) {
        return apps.of(meta.provider())
                .switchIfEmpty(Mono.error(new Refused("no_app")))
                .flatMap(app -> meta.ofSignup(open, app, code))
                .onErrorMap(NotGranted.class, none -> new Refused(none.problem()))
                .flatMap(
                        token ->
                                TenantContext.caller()
                                        .flatMap(
                                                caller ->
                                                        authorizations.grant(
                                                                caller,
                                                                open.connection().id(),
                                                                token)))
                .then();
    }
}
