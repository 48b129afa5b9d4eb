package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.util.List;

/** One way to prove that a webhook is its provider's own. */
interface SignatureCheck {

    WebhookScheme scheme();

    /**
     * Looks at a request, whatever is in it.
     *
     * @param secrets those that are good now; any of them may have made the signature
     */
    Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config);

    /** The body as it may be kept; nobody forges a webhook with it. */
    default byte[] withoutSecret(Incoming incoming, byte[] body) {
        return body;
    }
}
