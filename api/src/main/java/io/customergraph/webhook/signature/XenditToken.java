package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.util.List;

/** The account's verification token, as it is. */
final class XenditToken implements SignatureCheck {

    @Override
    public WebhookScheme scheme() {
        return WebhookScheme.XENDIT_TOKEN;
    }

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        return incoming.header("X-Callback-Token")
                .map(given -> Mac.same(given, secrets))
                .orElse(Verdict.UNSIGNED);
    }
}
