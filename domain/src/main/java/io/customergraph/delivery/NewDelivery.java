package io.customergraph.delivery;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A delivery that was found genuine and is to be kept. Printing it shows no body.
 *
 * @param event the id that it gets
 * @param deliveryId by which a repeated one is known, at most 255 characters
 * @param isKnownByBody whether the id is the body's digest, because the provider gives none: the
 *     same body again is a repeated delivery only while no other of its key came between
 * @param isNotice whether it only names what changed: the same body again is a repeated delivery
 *     only while nobody has begun with the first
 * @param orderingKey of whose deliveries the order counts; null where none does
 * @param isIgnored whether nobody asked for it
 * @param body the bytes as they came
 * @param headers those that decoding needs, in lower case
 */
public record NewDelivery(
        UUID event,
        UUID connection,
        String deliveryId,
        boolean isKnownByBody,
        boolean isNotice,
        String topic,
        @Nullable String orderingKey,
        boolean isIgnored,
        ByteBuffer body,
        @Nullable String contentType,
        Map<String, String> headers,
        @Nullable Instant occurredAt) {

    public NewDelivery {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "NewDelivery[" + event + ", " + topic + "]";
    }
}
