package io.customergraph.webhook;

import io.customergraph.integration.OpenConnection;
import io.customergraph.integration.ProviderWebhook;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.secret.Secret;
import io.customergraph.tenant.TenantId;

import java.util.List;
import java.util.UUID;

/** A connection that takes webhooks, with what that needs. Printing it shows no secret. */
record Receiver(
        TenantId tenant, OpenConnection open, ProviderWebhook webhook, WebhookConfig config) {

    UUID connection() {
        return open.connection().id();
    }

    String provider() {
        return open.provider().provider();
    }

    /** Every secret that may have signed what comes now. */
    List<Secret> secrets() {
        return open.validSecrets(webhook.secretField());
    }

    /** What a provider repeats where its webhook is set up. */
    List<Secret> verifyTokens() {
        return open.validSecrets("verify_token");
    }
}
