package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.util.List;

/** Hexadecimal of the body's HMAC, made with the server key [paytabscom/php-sdk]. */
final class PayTabsHmac implements SignatureCheck {

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.PAYTABS_HMAC;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        return incoming.header("Signature")
                .map(given -> Mac.SHA256.hex(given, secrets, incoming.bytes()))
                .orElse(Verdict.UNSIGNED);
    }
}
