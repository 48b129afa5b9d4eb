package io.customergraph.security;

import org.springframework.core.io.Resource;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Makes what checks tokens: the signature, the time, the issuer, the audience. */
final class TokenDecoder {

    private TokenDecoder() {}

    static ReactiveJwtDecoder of(SecuritySettings.Jwt settings) {
        NimbusReactiveJwtDecoder decoder = signatureChecked(settings);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators(settings)));
        return decoder;
    }

    private static NimbusReactiveJwtDecoder signatureChecked(SecuritySettings.Jwt settings) {
        if (settings.publicKey() != null) {
            return NimbusReactiveJwtDecoder.withPublicKey(key(settings.publicKey()))
                    .signatureAlgorithm(settings.algorithms().getFirst())
                    .validateType(false)
                    .build();
        }
        NimbusReactiveJwtDecoder.JwkSetUriReactiveJwtDecoderBuilder builder =
                settings.jwkSetUri() != null
                        ? NimbusReactiveJwtDecoder.withJwkSetUri(settings.jwkSetUri())
                        : NimbusReactiveJwtDecoder.withIssuerLocation(
                                Objects.requireNonNull(settings.issuerUri()));
        return builder.jwsAlgorithms(allowed -> allowed.addAll(settings.algorithms()))
                .validateType(false)
                .build();
    }

    private static List<OAuth2TokenValidator<Jwt>> validators(SecuritySettings.Jwt settings) {
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        validators.add(new JwtTimestampValidator());
        // A token without an end would open the API for ever.
        validators.add(new JwtClaimValidator<Instant>(JwtClaimNames.EXP, Objects::nonNull));
        validators.add(
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD,
                        audiences -> audiences != null && audiences.contains(settings.audience())));
        if (settings.issuerUri() != null) {
            validators.add(new JwtIssuerValidator(settings.issuerUri()));
        }
        // RFC 9068 access tokens call themselves at+jwt.
        JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt");
        type.setAllowEmpty(true);
        validators.add(type);
        return validators;
    }

    private static RSAPublicKey key(Resource pem) {
        try (InputStream in = pem.getInputStream()) {
            return Objects.requireNonNull(
                    RsaKeyConverters.x509().convert(in), "An empty public key");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
