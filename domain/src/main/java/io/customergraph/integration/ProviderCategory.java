package io.customergraph.integration;

/** What a provider is for. The order is that of lists. */
public enum ProviderCategory {
    PAYMENT,
    COMMUNICATION,
    LOGISTICS,
    COMMERCE,
    SUPPORT,
    CLOUD,
    DEVELOPMENT
}
