package io.customergraph.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;

/**
 * The keys that encrypt secrets.
 *
 * @param keyset itself, as JSON of Tink or in base64; empty to read the file
 * @param keysetFile where it is kept otherwise; only the demo makes it where it is missing
 */
@ConfigurationProperties("customergraph.secrets")
record SecretsProperties(
        @DefaultValue("") String keyset, @DefaultValue("data/secrets.keyset") Path keysetFile) {

    @Override
    public String toString() {
        return "SecretsProperties[" + keysetFile + "]";
    }
}
