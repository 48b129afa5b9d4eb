package io.customergraph.integration;

import java.util.List;

/**
 * That a provider lets its customers consent in the browser.
 *
 * @param tokenField the field of the form that the consent fills
 * @param scopes what is asked for
 */
public record ProviderOAuth(String tokenField, List<String> scopes) {

    public ProviderOAuth {
        scopes = List.copyOf(scopes);
    }
}
