package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.util.List;

/** A shared value in a header that was chosen where the webhook was registered. */
final class OwnHeader implements SignatureCheck {

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.OWN_HEADER;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        return incoming.header(config.secretHeader())
                .map(given -> Mac.same(given, secrets))
                .orElse(Verdict.UNSIGNED);
    }
}
