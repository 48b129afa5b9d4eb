package io.customergraph.oauth;

import io.customergraph.integration.AuthorizationStates;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionAuthorizations;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.integration.OpenConnection;
import io.customergraph.partner.PartnerApp;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.Map;
import java.util.Set;

/** Takes what providers answer to authorizations. */
@Component
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final OAuthFlows flows;
    private final PlatformApps apps;
    private final AuthorizationStates states;
    private final ConnectionAccess access;
    private final ConnectionAuthorizations authorizations;
    private final ConnectionHealth health;

    Answers(
            OAuthFlows flows,
            PlatformApps apps,
            AuthorizationStates states,
            ConnectionAccess access,
            ConnectionAuthorizations authorizations,
            ConnectionHealth health) {
        this.flows = flows;
        this.apps = apps;
        this.states = states;
        this.access = access;
        this.authorizations = authorizations;
        this.health = health;
    }

    /** What became of an answer. */
    sealed interface Result {

        /** The connection works with a token of its own now. */
        record Connected(@Nullable String returnTo) implements Result {}

        /** It was genuine, and the provider gave no token for it. */
        record Failed(@Nullable String returnTo) implements Result {}

        /** It is nobody's, and nothing was changed. */
        record Unknown() implements Result {}
    }

    /**
     * Takes an answer.
     *
     * @param parameters each once
     */
    Mono<Result> take(String provider, Map<String, String> parameters) {
        String state = parameters.get("state");
        String code = parameters.get("code");
        OAuthFlow flow = flows.of(provider).orElse(null);
        if (flow == null || state == null || code == null || code.isEmpty()) {
            return Mono.just(new Result.Unknown());
        }
        return apps.of(provider)
                .filter(app -> flow.isGenuine(parameters, app))
                .flatMap(
                        app ->
                                states.use(state, provider)
                                        .flatMap(
                                                answered ->
                                                        finish(flow, app, answered, parameters)
                                                                .contextWrite(
                                                                        TenantContext.of(
                                                                                caller(answered)))))
                .defaultIfEmpty(new Result.Unknown());
    }

    /** Who began; what is done now needs no scope any more. */
    private static Caller caller(AuthorizationStates.Answered answered) {
        return new Caller(answered.tenant(), answered.actor(), Set.of());
    }

    private Mono<Result> finish(
            OAuthFlow flow,
            PartnerApp app,
            AuthorizationStates.Answered answered,
            Map<String, String> parameters) {
        return access.open(answered.connection())
                .filter(open -> flow.isOf(open.connection(), parameters))
                .flatMap(open -> exchange(flow, app, answered, open, parameters));
    }

    private Mono<Result> exchange(
            OAuthFlow flow,
            PartnerApp app,
            AuthorizationStates.Answered answered,
            OpenConnection open,
            Map<String, String> parameters) {
        return flow.exchange(
                        open,
                        app,
                        parameters.getOrDefault("code", ""),
                        answered.redirectUri(),
                        answered.verifier())
                .flatMap(
                        token ->
                                authorizations.grant(
                                        caller(answered), answered.connection(), token))
                .<Result>map(
                        isDone ->
                                isDone
                                        ? new Result.Connected(answered.returnTo())
                                        : new Result.Unknown())
                .onErrorResume(NotGranted.class, none -> failed(answered, none.problem()))
                .onErrorResume(
                        ProviderUnreachable.class, none -> failed(answered, none.problem().code()));
    }

    private Mono<Result> failed(AuthorizationStates.Answered answered, String problem) {
        LOG.warn("No token for connection {}: {}", answered.connection(), problem);
        return health.record(answered.connection(), problem)
                .thenReturn(new Result.Failed(answered.returnTo()));
    }
}
