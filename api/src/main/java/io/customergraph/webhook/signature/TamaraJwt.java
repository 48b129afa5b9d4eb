package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A token that is signed with the notification token, in the header or in the address [Tamara's own
 * tamara-checkout]. The notification token may be shorter than JOSE libraries take keys.
 */
final class TamaraJwt implements SignatureCheck {

    private static final String BEARER = "Bearer ";
    private static final long LEEWAY = Duration.ofMinutes(3).toSeconds();
    private static final int LONGEST = 4_096;
    private static final JsonMapper JSON = new JsonMapper();

    private final InstantSource clock;

    TamaraJwt(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.TAMARA_JWT;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        return incoming.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .or(() -> incoming.parameter("tamaraToken"))
                .map(token -> check(token, secrets))
                .orElse(Verdict.UNSIGNED);
    }

    private Verdict check(String token, List<Secret> secrets) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return Verdict.FORGED;
        }
        JsonNode header = json(parts[0]);
        JsonNode claims = json(parts[1]);
        byte[] signed = Mac.utf8(parts[0] + "." + parts[1]);
        Verdict verdict =
                Mac.any(
                        secrets,
                        parts[2],
                        secret ->
                                Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(
                                                Mac.SHA256.of(Mac.utf8(secret.reveal()), signed)));
        if (header == null || claims == null || !header.path("alg").asString("").equals("HS256")) {
            return Verdict.FORGED;
        }
        return verdict == Verdict.GENUINE && !isInTime(claims) ? Verdict.STALE : verdict;
    }

    private boolean isInTime(JsonNode claims) {
        long now = clock.instant().getEpochSecond();
        return claims.path("exp").asLong(Long.MAX_VALUE - LEEWAY) + LEEWAY > now
                && claims.path("nbf").asLong(0) - LEEWAY <= now
                && claims.path("iat").asLong(0) - LEEWAY <= now;
    }

    private static @Nullable JsonNode json(String part) {
        try {
            return Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(part)))
                    .filter(JsonNode::isObject)
                    .orElse(null);
        } catch (JacksonException | IllegalArgumentException none) {
            return null;
        }
    }
}
