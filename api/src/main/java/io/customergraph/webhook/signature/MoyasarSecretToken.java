package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

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
}
