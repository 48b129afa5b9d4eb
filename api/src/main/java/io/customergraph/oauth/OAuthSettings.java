package io.customergraph.oauth;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The settings under {@code customergraph.oauth}.
 *
 * @param returnUrls where browsers may be sent afterwards: each address with all below it
 * @param apps the platform's apps, by provider, where no partner configuration names them
 */
@ConfigurationProperties("customergraph.oauth")
record OAuthSettings(@DefaultValue List<URI> returnUrls, @DefaultValue Map<String, App> apps) {

    OAuthSettings {
        returnUrls = List.copyOf(returnUrls);
        apps = Map.copyOf(apps);
        for (URI url : returnUrls) {
            if (url.getHost() == null || url.getRawQuery() != null || url.getFragment() != null) {
                throw new IllegalArgumentException(
                        "customergraph.oauth.return-urls are addresses without a query");
            }
        }
    }

    /** An app of the platform. Printing it shows no secret. */
    record App(String clientId, String clientSecret) {
        @Override
        public String toString() {
            return "App[" + clientId + "]";
        }
    }
}
