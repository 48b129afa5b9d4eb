package io.customergraph.config;

import io.customergraph.secret.SecretKeys;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** The keys that encrypt secrets. The demo makes its own; everywhere else they are given. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecretsProperties.class)
class SecretsConfiguration {

    @Bean
    SecretKeys secretKeys(SecretsProperties properties, Environment environment) {
        if (!properties.keyset().isBlank()) {
            return parsed(properties.keyset(), "CUSTOMERGRAPH_SECRETS_KEYSET");
        }
        KeysetFile file = new KeysetFile(properties.keysetFile());
        if (environment.acceptsProfiles(Profiles.of("demo"))) {
            return parsed(file.readOrCreate(), file.toString());
        }
        return file.read()
                .map(text -> parsed(text, file.toString()))
                .orElseThrow(
                        () ->
                                new StartRefused(
                                        "There are no keys to encrypt the secrets of integrations"
                                                + " with",
                                        "Make a keyset with the command `keyset create`, keep it"
                                                + " with your other secrets, and give it as"
                                                + " CUSTOMERGRAPH_SECRETS_KEYSET, or as the file"
                                                + " that customergraph.secrets.keyset-file names",
                                        null));
    }

    /** Neither the message nor the cause holds the text. */
    private static SecretKeys parsed(String text, String source) {
        try {
            return SecretKeys.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new StartRefused(
                    "The keyset of " + source + " cannot be read",
                    "Give what the command `keyset create` printed: a keyset of Tink for"
                            + " authenticated encryption, as JSON or in base64",
                    null);
        }
    }
}
