package io.customergraph.integration;

import java.util.List;

/**
 * How a provider's webhooks are checked, and where in them is what the queue needs to know. A place
 * is {@code header:name}, {@code form:Name}, a JSON pointer into the body, or {@code sha256} of the
 * body; several that are joined by {@code " + "} count where all are there. Of a list of places the
 * first that is there counts.
 *
 * @param secretField the field of the form whose secret checks them
 * @param hasChallenge whether the provider asks for an echo when the address is set up
 * @param isNotice whether it only names what changed, and the provider is asked for the rest
 * @param deliveryId by what a repeated delivery is known; of none the body is
 * @param topic what it is about; {@code unknown} where none is there
 * @param orderingKey of whose deliveries the order counts
 * @param occurredAt the provider's time of it, ISO 8601 or seconds or milliseconds
 * @param headers that decoding needs, in lower case; no others are kept
 * @param topics those that are understood, {@code orders/*} for all of a kind; empty for any
 */
public record ProviderWebhook(
        WebhookScheme scheme,
        String secretField,
        boolean hasChallenge,
        boolean isNotice,
        List<String> deliveryId,
        List<String> topic,
        List<String> orderingKey,
        List<String> occurredAt,
        List<String> headers,
        List<String> topics) {

    @SuppressWarnings("ConstantValue") // A data file may leave them out.
    public ProviderWebhook {
        deliveryId = deliveryId == null ? List.of() : List.copyOf(deliveryId);
        topic = topic == null ? List.of() : List.copyOf(topic);
        orderingKey = orderingKey == null ? List.of() : List.copyOf(orderingKey);
        occurredAt = occurredAt == null ? List.of() : List.copyOf(occurredAt);
        headers = headers == null ? List.of() : List.copyOf(headers);
        topics = topics == null ? List.of() : List.copyOf(topics);
    }
}
