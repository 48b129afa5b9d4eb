package io.customergraph.webhook;

import io.customergraph.integration.OpenConnection;
import io.customergraph.integration.ProviderWebhook;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.secret.Secret;
import io.customergraph.tenant.TenantId;

import java.util.List;
import java.util.UUID;

/**
 * A connection that takes webhooks, with what that needs. Printing it shows no secret.
 *
 * @param ofPlatform what signs for the platform's own app; empty where the connection has its own
 */
record Receiver(
        TenantId tenant,
        OpenConnection open,
        ProviderWebhook webhook,
        WebhookConfig config,
        List<Secret> ofPlatform) {

    Receiver {
        ofPlatform = List.copyOf(ofPlatform);
    }

    UUID connection() {
        return open.connection().id();
    }

    String provider() {
        return open.provider().provider();
    }

    /** Every secret that may have signed what comes now. */
    List<Secret> secrets() {
        List<Secret> own = open.validSecrets(webhook.secretField());
        return own.isEmpty() ? ofPlatform : own;
    }

    /** What a provider repeats where its webhook is set up. */
    List<Secret> verifyTokens() {
        return open.validSecrets("verify_token");
    }
}
