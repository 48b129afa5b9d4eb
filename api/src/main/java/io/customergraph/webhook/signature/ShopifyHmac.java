package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.util.List;

/** Base64 of the body's HMAC, made with the app's client secret [Shopify/shopify-api-js]. */
final class ShopifyHmac implements SignatureCheck {

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.SHOPIFY_HMAC;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        return incoming.header("X-Shopify-Hmac-Sha256")
                .map(given -> Mac.SHA256.base64(given, secrets, incoming.bytes()))
                .orElse(Verdict.UNSIGNED);
    }
}
