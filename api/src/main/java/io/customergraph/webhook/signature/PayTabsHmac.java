package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Hexadecimal of an HMAC, made with the server key [paytabscom/php-sdk]: of the body as it came, in
 * the header, where PayTabs calls; or of the form's fields, as one of them, where a browser comes
 * back from paying. Of a form what is signed is what PHP makes of it: fields with a value, sorted
 * by name, encoded as a form again.
 */
final class PayTabsHmac implements SignatureCheck {

    private static final String FIELD = "signature";

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.PAYTABS_HMAC;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        Optional<String> header = incoming.header("Signature");
        if (header.isPresent() || !incoming.isForm()) {
            return header.map(given -> Mac.SHA256.hex(given, secrets, incoming.bytes()))
                    .orElse(Verdict.UNSIGNED);
        }
        Optional<byte[]> signed = signed(incoming.form());
        return incoming.field(FIELD)
                .filter(given -> !given.isEmpty())
                .map(
                        given ->
                                signed.map(text -> Mac.SHA256.hex(given, secrets, text))
                                        .orElse(Verdict.FORGED))
                .orElse(Verdict.UNSIGNED);
    }

    /** Empty where a field comes twice: who signed and who reads could each mean another one. */
    private static Optional<byte[]> signed(Map<String, List<String>> form) {
        if (form.values().stream().anyMatch(values -> values.size() != 1)) {
            return Optional.empty();
        }
        return Optional.of(
                Mac.utf8(
                        form.entrySet().stream()
                                .filter(field -> !field.getKey().equals(FIELD))
                                .filter(field -> hasValue(field.getValue().getFirst()))
                                .map(
                                        field ->
                                                encoded(field.getKey())
                                                        + "="
                                                        + encoded(field.getValue().getFirst()))
                                .collect(Collectors.joining("&"))));
    }

    /** PHP's array_filter drops the text "0" as well. */
    private static boolean hasValue(String value) {
        return !value.isEmpty() && !value.equals("0");
    }

    /** As PHP's http_build_query encodes: unlike Java's, it leaves no asterisk. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
    }
}
