package io.customergraph.application;

import io.customergraph.tenant.TenantId;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A booking system of a tenant that pushes records, signed as Standard Webhooks has it. */
record PushingSystem(Provider provider) {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

    static PushingSystem connected(int port, TenantId tenant) {
        return new PushingSystem(
                Provider.connected(
                        port,
                        tenant,
                        "custom",
                        Map.of("source", "booking", "region", "SA", "webhook_secret", SECRET)));
    }

    HttpResponse<String> push(String body) {
        return push(body, "msg_" + UUID.randomUUID());
    }

    HttpResponse<String> push(String body, String id) {
        return push(body, id, Instant.now(), SECRET);
    }

    HttpResponse<String> push(String body, String id, Instant at, String secret) {
        String time = String.valueOf(at.getEpochSecond());
        return send(body, id, time, "v1," + signature(secret, id, time, body));
    }

    HttpResponse<String> send(String body, String id, String time, String signatures) {
        return provider.deliver(
                body, "webhook-id", id, "webhook-timestamp", time, "webhook-signature", signatures);
    }

    static String signature(String secret, String id, String time, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(
                            mac.doFinal(
                                    (id + "." + time + "." + body)
                                            .getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
