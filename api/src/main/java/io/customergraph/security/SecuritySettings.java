package io.customergraph.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

import java.util.List;

/**
 * The settings under {@code customergraph} that say who may come in.
 *
 * @param cors {@code customergraph.cors.*}
 * @param operations {@code customergraph.operations.*}
 * @param security {@code customergraph.security.*}
 */
@ConfigurationProperties("customergraph")
record SecuritySettings(
        @DefaultValue Cors cors,
        @DefaultValue Operations operations,
        @DefaultValue Security security) {

    Jwt jwt() {
        return security.jwt();
    }

    /**
     * Other sites.
     *
     * @param allowedOrigins whose pages a browser lets call this API; none where empty
     */
    record Cors(@DefaultValue List<String> allowedOrigins) {

        Cors {
            allowedOrigins = List.copyOf(allowedOrigins);
            if (allowedOrigins.contains("*")) {
                throw new IllegalArgumentException(
                        "customergraph.cors.allowed-origins names origins; * is none");
            }
        }
    }

    /**
     * Operators.
     *
     * @param token opens their endpoints; nothing opens them where it is missing
     */
    record Operations(@Nullable String token) {

        private static final int SHORTEST_TOKEN = 24;

        Operations {
            if (token != null && !token.isEmpty() && token.length() < SHORTEST_TOKEN) {
                throw new IllegalArgumentException(
                        "customergraph.operations.token has less than %d characters"
                                .formatted(SHORTEST_TOKEN));
            }
        }

        @Override
        public String toString() {
            return "Operations[token=…]";
        }
    }

    /** Clients. */
    record Security(@DefaultValue Jwt jwt) {}

    /**
     * Tokens are taken where one of the first three says how to check their signature.
     *
     * @param issuerUri whose discovery document names the keys, where nothing below does; always
     *     checked against the token's {@code iss} where it is given
     * @param jwkSetUri where the keys are
     * @param publicKey the RSA key itself, as PEM
     * @param audience the name of this API in the token's {@code aud}
     * @param tenantClaim the claim that names the tenant
     * @param algorithms that signatures may have
     * @param requestsPerMinute of one tenant's subject
     */
    record Jwt(
            @Nullable String issuerUri,
            @Nullable String jwkSetUri,
            @Nullable Resource publicKey,
            @Nullable String audience,
            @DefaultValue("tenant") String tenantClaim,
            @DefaultValue("RS256") List<SignatureAlgorithm> algorithms,
            @DefaultValue("6000") int requestsPerMinute) {

        Jwt {
            boolean isOn = issuerUri != null || jwkSetUri != null || publicKey != null;
            if (isOn && (audience == null || audience.isBlank())) {
                throw new IllegalArgumentException(
                        "customergraph.security.jwt.audience is missing: without it a token made"
                                + " for another API would open this one");
            }
            if (jwkSetUri != null && publicKey != null) {
                throw new IllegalArgumentException(
                        "customergraph.security.jwt has both jwk-set-uri and public-key");
            }
            if (requestsPerMinute <= 0 || algorithms.isEmpty()) {
                throw new IllegalArgumentException(
                        "customergraph.security.jwt needs an algorithm and a positive rate");
            }
        }

        boolean isOn() {
            return issuerUri != null || jwkSetUri != null || publicKey != null;
        }
    }
}
