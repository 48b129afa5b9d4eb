package io.customergraph.oauth;

import io.customergraph.partner.PartnerApp;
import io.customergraph.partner.PartnerConfigurations;
import io.customergraph.secret.Secret;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.Map;

/** The platform's apps: as an administrator configured them, else as the operator did. */
@Component
public final class PlatformApps {

    private final PartnerConfigurations configurations;
    private final OAuthSettings settings;

    PlatformApps(PartnerConfigurations configurations, OAuthSettings settings) {
        this.configurations = configurations;
        this.settings = settings;
    }

    /** Empty where nobody configured a whole one. */
    public Mono<PartnerApp> of(String provider) {
        return configurations
                .app(provider)
                .filter(
                        app ->
                                app.setting("client_id").isPresent()
                                        && app.secret("client_secret").isPresent())
                .switchIfEmpty(
                        Mono.justOrEmpty(settings.apps().get(provider))
                                .map(
                                        app ->
                                                new PartnerApp(
                                                        provider,
                                                        Map.of("client_id", app.clientId()),
                                                        Map.of(
                                                                "client_secret",
                                                                Secret.of(app.clientSecret())))));
    }
}
