package io.customergraph.integration.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.integration.ConnectionWebhook;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.integration.ProviderCatalogue;
import io.customergraph.integration.ProviderWebhook;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.integration.WebhookScheme;
import io.customergraph.webhook.WebhookAddresses;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of webhooks. */
@Component
final class WebhookFields implements RuntimeWiringConfigurer {

    private final Graph graph;
    private final ProviderCatalogue catalogue;
    private final WebhookAddresses addresses;

    WebhookFields(Graph graph, ProviderCatalogue catalogue, WebhookAddresses addresses) {
        this.graph = graph;
        this.catalogue = catalogue;
        this.addresses = addresses;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.of("IntegrationConnection")
                .fetcher("webhook", graph.one(ConnectionWebhook.LOOKUP, IntegrationConnection::id))
                .addTo(wiring);
        Fields.of("IntegrationWebhook")
                .components(ConnectionWebhook.class)
                .value("url", (ConnectionWebhook webhook) -> url(webhook))
                .value(
                        "bodyRetention",
                        (ConnectionWebhook webhook) -> webhook.bodyRetention().toString())
                .value("tolerance", (ConnectionWebhook webhook) -> webhook.tolerance().toString())
                .value("headerName", (ConnectionWebhook webhook) -> headerName(webhook))
                .addTo(wiring);
        Fields.of("ConfigureIntegrationWebhookPayload")
                .components(WebhookMutations.WebhookPayload.class)
                .addTo(wiring);
    }

    private @Nullable String url(ConnectionWebhook webhook) {
        return of(webhook) == null ? null : addresses.of(webhook.provider(), webhook.connection());
    }

    private @Nullable String headerName(ConnectionWebhook webhook) {
        ProviderWebhook known = of(webhook);
        if (known == null || known.scheme() != WebhookScheme.OWN_HEADER) {
            return null;
        }
        String chosen = webhook.chosenHeader();
        return chosen == null ? WebhookConfig.DEFAULT_HEADER : chosen;
    }

    private @Nullable ProviderWebhook of(ConnectionWebhook webhook) {
        return catalogue.find(webhook.provider()).map(one -> one.webhook()).orElse(null);
    }
}
