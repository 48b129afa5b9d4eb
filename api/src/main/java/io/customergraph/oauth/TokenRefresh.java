package io.customergraph.oauth;

import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionAuthorizations;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.integration.GrantedToken;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderUnreachable;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.UUID;

/**
 * Renews tokens before they end: each by one node at a time, later and later while it fails, and no
 * more once it has ended. A failure is the connection's health.
 */
@Component
public final class TokenRefresh {

    private static final int AT_ONCE = 4;

    private final OAuthFlows flows;
    private final PlatformApps apps;
    private final ConnectionAccess access;
    private final ConnectionAuthorizations authorizations;
    private final ConnectionHealth health;
    private final String node = UUID.randomUUID().toString();

    TokenRefresh(
            OAuthFlows flows,
            PlatformApps apps,
            ConnectionAccess access,
            ConnectionAuthorizations authorizations,
            ConnectionHealth health) {
        this.flows = flows;
        this.apps = apps;
        this.access = access;
        this.authorizations = authorizations;
        this.health = health;
    }

    /** Renews what is due of the tenant of the context. */
    public Mono<Void> work() {
        return authorizations
                .claimDue(node)
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::renew, AT_ONCE)
                .then();
    }

    private Mono<Void> renew(UUID connection) {
        return access.open(connection)
                .flatMap(this::renewed)
                .flatMap(token -> authorizations.renew(node, connection, token))
                .switchIfEmpty(Mono.error(new NotGranted("consent_needed")))
                .flatMap(isKept -> isKept ? health.record(connection, null) : Mono.empty())
                .onErrorResume(NotGranted.class, none -> failed(connection, none.problem()))
                .onErrorResume(
                        ProviderUnreachable.class,
                        none -> failed(connection, none.problem().code()));
    }

    private Mono<GrantedToken> renewed(OpenConnection open) {
        return Mono.justOrEmpty(flows.of(open.provider().provider()))
                .zipWith(apps.of(open.provider().provider()))
                .flatMap(
                        found ->
                                Mono.justOrEmpty(open.secret("access_token"))
                                        .flatMap(
                                                current ->
                                                        found.getT1()
                                                                .renew(
                                                                        open,
                                                                        found.getT2(),
                                                                        current,
                                                                        open.secret(
                                                                                        GrantedToken
                                                                                                .REFRESH_TOKEN)
                                                                                .orElse(null))));
    }

    private Mono<Void> failed(UUID connection, String problem) {
        return health.record(connection, problem).then(authorizations.postpone(node, connection));
    }
}
