package io.customergraph.delivery;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A delivery that this node may work at, without its body.
 *
 * @param orderingKey what it waits for others of and others wait for; null for none
 * @param attempts how many were begun, this one included where it is the first
 * @param isFresh whether nobody tried it before
 */
record ClaimedDelivery(
        UUID id,
        UUID connection,
        String provider,
        String account,
        String topic,
        @Nullable String orderingKey,
        int attempts,
        boolean isFresh,
        @Nullable String bodyRef,
        String bodySha256,
        Map<String, String> headers,
        Instant receivedAt,
        @Nullable Instant occurredAt) {

    ClaimedDelivery {
        headers = Map.copyOf(headers);
    }

    Delivery with(String body) {
        return new Delivery(
                id, connection, provider, account, topic, headers, body, receivedAt, occurredAt);
    }

    ClaimedDelivery begunAgain(int attemptsNow) {
        return new ClaimedDelivery(
                id,
                connection,
                provider,
                account,
                topic,
                orderingKey,
                attemptsNow,
                isFresh,
                bodyRef,
                bodySha256,
                headers,
                receivedAt,
                occurredAt);
    }
}
