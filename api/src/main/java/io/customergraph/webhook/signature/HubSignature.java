package io.customergraph.webhook.signature;

import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.secret.Secret;

import java.util.List;

/** The body's HMAC behind the name of its algorithm, as GitHub and Meta have it. */
record HubSignature(WebhookScheme scheme) implements SignatureCheck {

    private static final String ALGORITHM = "sha256=";

    @Override
    public Verdict check(Incoming incoming, List<Secret> secrets, WebhookConfig config) {
        return incoming.header("X-Hub-Signature-256")
                .map(
                        given ->
                                given.startsWith(ALGORITHM)
                                        ? Mac.SHA256.hex(
                                                given.substring(ALGORITHM.length()),
                                                secrets,
                                                incoming.bytes())
                                        : Verdict.FORGED)
                .orElse(Verdict.UNSIGNED);
    }
}
