package io.customergraph.delivery;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One delivery of a connection, as it is to be applied. Printing it shows no body.
 *
 * @param id of its event
 * @param provider the key in the catalogue
 * @param account what the connection's ids are ids in: a shop, a helpdesk
 * @param headers those that decoding needs, in lower case
 * @param body text of what came; UTF-8
 * @param occurredAt the provider's time of it; null where it tells none
 */
public record Delivery(
        UUID id,
        UUID connection,
        String provider,
        String account,
        String topic,
        Map<String, String> headers,
        String body,
        Instant receivedAt,
        @Nullable Instant occurredAt) {

    public Delivery {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "Delivery[" + id + " of " + provider + ", " + topic + "]";
    }
}
