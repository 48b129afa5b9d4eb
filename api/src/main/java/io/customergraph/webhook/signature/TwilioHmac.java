package io.customergraph.webhook.signature;

import io.customergraph.id.Sha256;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/**
 * The HMAC of the address and of the form's fields behind it, sorted, each name with its value; of
 * JSON the address holds a digest. The address is the one that Twilio was given.
 */
final class TwilioHmac implements SignatureCheck {

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.TWILIO_HMAC;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        StringBuilder signed = new StringBuilder(incoming.url().toString());
        incoming.form()
                .forEach(
                        (name, values) ->
                                values.stream()
                                        .distinct()
                                        .sorted()
                                        .forEach(value -> signed.append(name).append(value)));
        Verdict verdict =
                incoming.header("X-Twilio-Signature")
                        .map(given -> Mac.SHA1.base64(given, secrets, Mac.utf8(signed.toString())))
                        .orElse(Verdict.UNSIGNED);
        return verdict == Verdict.GENUINE && !incoming.isForm() && !isOfBody(incoming)
                ? Verdict.FORGED
                : verdict;
    }

    private static boolean isOfBody(Incoming incoming) {
        return incoming.parameter("bodySHA256")
                .map(
                        given ->
                                MessageDigest.isEqual(
                                        given.toLowerCase(Locale.ROOT)
                                                .getBytes(StandardCharsets.UTF_8),
                                        Mac.utf8(Sha256.hex(incoming.bytes()))))
                .orElse(false);
    }
}
