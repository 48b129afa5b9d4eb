package io.customergraph.integration;

/**
 * How a provider's webhooks are checked.
 *
 * @param secretField the field of the form whose secret checks them
 * @param hasChallenge whether the provider asks for an echo when the address is set up
 */
public record ProviderWebhook(WebhookScheme scheme, String secretField, boolean hasChallenge) {}
