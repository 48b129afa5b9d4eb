package io.customergraph.partner;

import io.customergraph.secret.Secret;

import java.util.Map;
import java.util.Optional;

/**
 * The platform's account with a provider, opened for a call. Printing it shows no secret.
 *
 * @param settings what is no secret, by name
 * @param secrets by name
 */
public record PartnerApp(
        String provider, Map<String, String> settings, Map<String, Secret> secrets) {

    public PartnerApp {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }
}
