package io.customergraph.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;

class TokenTest extends GuardedTest {

    private static final KeyPair OURS = newKey();
    private static final KeyPair ANOTHERS = newKey();
    private static final String ISSUER = "https://login.example";

    @DynamicPropertySource
    static void tokens(DynamicPropertyRegistry settings) throws IOException {
        Path pem = Files.createTempFile("key", ".pem");
        pem.toFile().deleteOnExit();
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(OURS.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        settings.add("customergraph.security.jwt.public-key", () -> pem.toUri().toString());
        settings.add("customergraph.security.jwt.issuer-uri", () -> ISSUER);
        settings.add("customergraph.security.jwt.audience", () -> "customergraph");
    }

    @Test
    void a_good_token_opens_for_its_tenant_and_scopes() {
        Wire.Answer answer = ask(signed(good().claim("scope", "revenue:read something:else")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/data/whoami").asString()).isEqualTo("user:jane");
        assertThat(answer.json().at("/data/tenant").asString()).isEqualTo("acme");
        assertThat(answer.json().at("/data/secret").asString()).isEqualTo("secret");
    }

    @Test
    void scopes_may_come_as_a_list() {
        assertThat(ask(signed(good().claim("scp", List.of("revenue:read")))).code()).isEmpty();
        assertThat(ask(signed(good())).code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void a_token_that_is_not_good_opens_nothing() {
        Instant past = Instant.now().minusSeconds(600);
        List<String> tokens =
                List.of(
                        "rubbish",
                        signed(good(), ANOTHERS),
                        signed(good().expirationTime(Date.from(past))),
                        signed(good().expirationTime(null)),
                        signed(good().notBeforeTime(Date.from(Instant.now().plusSeconds(600)))),
                        signed(good().audience("another-api")),
                        signed(good().audience((String) null)),
                        signed(good().issuer("https://elsewhere.example")),
                        signed(good().subject(null)),
                        signed(good().claim("tenant", null)),
                        signed(good().claim("tenant", "Not a Tenant")),
                        signed(good().claim("tenant", List.of("acme"))),
                        new PlainJWT(good().build()).serialize(),
                        signedWithThePublicKeyAsASecret());

        assertThat(tokens)
                .allSatisfy(
                        token -> {
                            Wire.Answer answer = ask(token);
                            assertThat(answer.status()).isEqualTo(401);
                            assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
                            assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
                        });
    }

    @Test
    void keys_open_as_well() {
        assertThat(wire.graphql(READER, "{ whoami }").status()).isEqualTo(200);
    }

    private Wire.Answer ask(String token) {
        return wire.send(
                wire.request("/graphql").header("Authorization", "Bearer " + token),
                Wire.JSON.writeValueAsString(Map.of("query", "{ whoami tenant secret }")));
    }

    private static JWTClaimsSet.Builder good() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("customergraph")
                .subject("jane")
                .claim("tenant", "acme")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return signed(claims, OURS);
    }

    private static String signed(JWTClaimsSet.Builder claims, KeyPair key) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .type(new JOSEObjectType("at+jwt"))
                                    .build(),
                            claims.build());
            token.sign(new RSASSASigner(key.getPrivate()));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String signedWithThePublicKeyAsASecret() {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), good().build());
            token.sign(new MACSigner(OURS.getPublic().getEncoded()));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
