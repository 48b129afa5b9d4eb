package io.customergraph.oauth;

import io.customergraph.address.PublicUrl;
import io.customergraph.change.AuditLog;
import io.customergraph.customer.UserError;
import io.customergraph.integration.AuthorizationStates;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionOutcome;
import io.customergraph.integration.ConnectionWrites;
import io.customergraph.integration.GivenField;
import io.customergraph.integration.OpenConnection;
import io.customergraph.integration.ProviderOAuth;
import io.customergraph.partner.PartnerApp;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Begins authorizations for callers. */
@Component
public final class Authorizations {

    private static final String PRODUCTION = "production";

    private final OAuthFlows flows;
    private final PlatformApps apps;
    private final PublicUrl publicUrl;
    private final ReturnUrls returnUrls;
    private final ConnectionWrites writes;
    private final ConnectionAccess access;
    private final AuthorizationStates states;
    private final AuditLog audit;
    private final TransactionalOperator transaction;

    Authorizations(
            OAuthFlows flows,
            PlatformApps apps,
            OAuthSettings settings,
            PublicUrl publicUrl,
            ConnectionWrites writes,
            ConnectionAccess access,
            AuthorizationStates states,
            AuditLog audit,
            TransactionalOperator transaction) {
        this.flows = flows;
        this.apps = apps;
        this.publicUrl = publicUrl;
        this.returnUrls = new ReturnUrls(settings.returnUrls());
        this.writes = writes;
        this.access = access;
        this.states = states;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * What a caller wants.
     *
     * @param shop of Shopify, where there is no connection yet
     * @param returnUrl where the browser goes afterwards
     */
    public record Wish(
            String provider,
            @Nullable String shop,
            @Nullable UUID connection,
            @Nullable String returnUrl) {}

    /** What became of it. */
    public sealed interface Begun {

        /**
         * The browser is to be sent on.
         *
         * @param url good for ten minutes, and once
         */
        record Done(UUID connection, URI url) implements Begun {}

        record Refused(List<UserError> errors) implements Begun {
            public Refused {
                errors = List.copyOf(errors);
            }
        }
    }

    public Mono<Begun> begin(Wish wish) {
        OAuthFlow flow = flows.of(wish.provider).orElse(null);
        String wanted = wish.returnUrl;
        Optional<URI> returnTo = wanted == null ? Optional.empty() : returnUrls.allowed(wanted);
        if (flow == null) {
            return refused(
                    UserError.Code.INVALID,
                    "provider",
                    "Only providers with isOAuth are authorized in the browser");
        }
        if (wanted != null && returnTo.isEmpty()) {
            return refused(
                    UserError.Code.INVALID,
                    "returnUrl",
                    "Not one of the addresses that this platform's operator allows");
        }
        return apps.of(wish.provider)
                .flatMap(app -> begin(flow, app, wish, returnTo.orElse(null)))
                .switchIfEmpty(unconfigured());
    }

    private Mono<Begun> begin(OAuthFlow flow, PartnerApp app, Wish wish, @Nullable URI returnTo) {
        return connection(wish)
                .flatMap(
                        outcome ->
                                switch (outcome) {
                                    case ConnectionOutcome.Refused(List<UserError> errors) ->
                                            Mono.just(new Begun.Refused(errors));
                                    case ConnectionOutcome.Done(UUID id) ->
                                            access.open(id)
                                                    .filter(
                                                            open ->
                                                                    open.provider()
                                                                            .provider()
                                                                            .equals(wish.provider))
                                                    .flatMap(
                                                            open ->
                                                                    begin(
                                                                            flow, app, open,
                                                                            returnTo))
                                                    .switchIfEmpty(
                                                            refused(
                                                                    UserError.Code.NOT_FOUND,
                                                                    "connectionId",
                                                                    "The provider has no such"
                                                                        + " connection, or none any"
                                                                        + " more"));
                                });
    }

    private Mono<Begun> begin(
            OAuthFlow flow, PartnerApp app, OpenConnection open, @Nullable URI returnTo) {
        UUID connection = open.connection().id();
        ProviderOAuth oauth = open.provider().oauth();
        List<String> scopes = oauth == null ? List.of() : oauth.scopes();
        String redirectUri = publicUrl.address(OAuthCallback.PATH + flow.provider());
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                states.begin(
                                                caller,
                                                new AuthorizationStates.Start(
                                                        connection,
                                                        flow.provider(),
                                                        redirectUri,
                                                        returnTo == null
                                                                ? null
                                                                : returnTo.toString(),
                                                        scopes))
                                        .flatMap(
                                                begun ->
                                                        noted(caller, connection).thenReturn(begun))
                                        .as(transaction::transactional))
                .map(
                        begun ->
                                new Begun.Done(
                                        connection,
                                        flow.authorizationUri(
                                                new OAuthFlow.Request(
                                                        open.connection(),
                                                        app,
                                                        scopes,
                                                        redirectUri,
                                                        begun.state(),
                                                        Pkce.challenge(begun.verifier())))));
    }

    private Mono<Void> noted(Caller caller, UUID connection) {
        return audit.add(
                caller,
                "startIntegrationAuthorization",
                "integration_connection",
                connection,
                Map.of());
    }

    /** The named connection, or a new one that waits for the consent. */
    private Mono<ConnectionOutcome> connection(Wish wish) {
        if (wish.connection != null) {
            return Mono.just(new ConnectionOutcome.Done(wish.connection));
        }
        if (wish.shop != null && wish.provider.equals("shopify")) {
            return writes.connect(
                    wish.provider, null, PRODUCTION, List.of(new GivenField("shop", wish.shop)));
        }
        return Mono.just(
                new ConnectionOutcome.Refused(
                        List.of(
                                UserError.of(
                                        UserError.Code.REQUIRED,
                                        wish.provider.equals("shopify") ? "shop" : "connectionId",
                                        "Name the account: a shop of Shopify, or a connection that"
                                                + " connectIntegration made"))));
    }

    private static Mono<Begun> unconfigured() {
        return refused(
                UserError.Code.BLOCKED,
                "provider",
                "This platform has no app of the provider; its operator sets it up, or give an"
                        + " access token to connectIntegration");
    }

    private static Mono<Begun> refused(UserError.Code code, String field, String message) {
        return Mono.just(new Begun.Refused(List.of(UserError.of(code, field, message))));
    }
}
