package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The shared secret in a field of the body [moyasar-magento-plugin]. */
final class MoyasarSecretToken implements SignatureCheck {

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.MOYASAR_SECRET_TOKEN;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        return incoming.value("/secret_token")
                .map(given -> Mac.same(given, secrets))
                .orElse(Verdict.UNSIGNED);
    }

    /** Written anew, as a text can be escaped in many ways. */
    @Override
    public byte[] withoutSecret(Incoming incoming, byte[] body) {
        return incoming.json()
                .map(
                        json -> {
                            ObjectNode kept = (ObjectNode) json.deepCopy();
                            kept.put("secret_token", "***");
                            return kept.toString().getBytes(StandardCharsets.UTF_8);
                        })
                .orElse(body);
    }
}
