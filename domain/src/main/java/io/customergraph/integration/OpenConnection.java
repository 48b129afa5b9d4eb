package io.customergraph.integration;

import io.customergraph.secret.Secret;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection with its secrets in clear, for as long as a call takes. Printing it shows none.
 *
 * @param secrets by field, the current one first, then those that are still good beside it
 */
public record OpenConnection(
        IntegrationConnection connection,
        IntegrationProvider provider,
        Map<String, List<Secret>> secrets) {

    /**
     * A setting that the form requires.
     *
     * @throws IllegalStateException where it has none of that name
     */
    public String setting(String field) {
        String value = connection.settings().get(field);
        if (value == null) {
            throw new IllegalStateException(
                    "Connection " + connection.id() + " has no setting " + field);
        }
        return value;
    }

    /** The current secret of a field; empty where none was given. */
    public Optional<Secret> secret(String field) {
        return secrets.getOrDefault(field, List.of()).stream().findFirst();
    }

    /** Every secret of a field that is good now: during a rotation there are two. */
    public List<Secret> validSecrets(String field) {
        return secrets.getOrDefault(field, List.of());
    }

    /**
     * The address of the provider's API for this connection.
     *
     * @throws IllegalStateException where the provider has none
     */
    public String baseUrl() {
        String url = provider.baseUrl();
        if (url == null) {
            throw new IllegalStateException("There is no API of " + provider.provider());
        }
        for (String setting : IntegrationProvider.settings(url)) {
            url = url.replace("{" + setting + "}", setting(setting));
        }
        return url;
    }
}
