package io.customergraph.webhook;

import io.customergraph.delivery.NewDelivery;
import io.customergraph.id.Sha256;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.integration.ProviderWebhook;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.sql.JsonRows;
import io.customergraph.webhook.signature.Incoming;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads of a genuine request what the queue needs to know, at the places that its provider has. */
final class DeliveryReader {

    private static final String UNKNOWN = "unknown";
    private static final int LONGEST_ID = 255;
    private static final int LONGEST_TOPIC = 200;
    private static final int LONGEST_HEADER = 500;
    private static final int LONGEST_TYPE = 100;
    private static final int KEY = 32;
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant FAR_OFF = Instant.parse("2200-01-01T00:00:00Z");
    private static final Pattern EPOCH = Pattern.compile("\\d{10}|\\d{13}");

    private DeliveryReader() {}

    static NewDelivery read(Receiver receiver, Incoming incoming, byte[] body, String contentType) {
        ProviderWebhook webhook = receiver.webhook();
        String digest = Sha256.hex(body);
        Optional<String> given = first(webhook.deliveryId(), incoming, digest);
        String id = given.orElse(digest);
        String topic =
                first(webhook.topic(), incoming, digest)
                        .map(text -> cut(text, LONGEST_TOPIC))
                        .orElse(UNKNOWN);
        return new NewDelivery(
                TimeOrderedId.next(),
                receiver.connection(),
                id.length() > LONGEST_ID ? Sha256.hex(id.getBytes(StandardCharsets.UTF_8)) : id,
                given.isEmpty(),
                webhook.isNotice(),
                topic,
                // It may be a phone number, and is only to be the same for the same.
                first(webhook.orderingKey(), incoming, digest)
                        .map(
                                key ->
                                        Sha256.hex(key.getBytes(StandardCharsets.UTF_8))
                                                .substring(0, KEY))
                        .orElse(null),
                !WebhookConfig.takes(receiver.config().topics(), topic)
                        || !WebhookConfig.takes(webhook.topics(), topic),
                ByteBuffer.wrap(body),
                contentType.isEmpty() ? null : cut(contentType, LONGEST_TYPE),
                headers(webhook.headers(), incoming),
                first(webhook.occurredAt(), incoming, digest)
                        .map(DeliveryReader::time)
                        .orElse(null));
    }

    private static Optional<String> first(List<String> places, Incoming incoming, String digest) {
        return places.stream()
                .map(place -> joined(place, incoming, digest))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> joined(String place, Incoming incoming, String digest) {
        StringBuilder text = new StringBuilder();
        for (String part : place.split(" \\+ ", -1)) {
            Optional<String> value = at(part, incoming, digest).filter(one -> !one.isBlank());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            text.append(text.isEmpty() ? "" : ":").append(value.get());
        }
        return Optional.of(JsonRows.clean(text.toString())).filter(one -> !one.isEmpty());
    }

    private static Optional<String> at(String place, Incoming incoming, String digest) {
        if (place.equals("sha256")) {
            return Optional.of(digest);
        }
        if (place.startsWith("/")) {
            return incoming.value(place);
        }
        String name = place.substring(place.indexOf(':') + 1);
        return place.startsWith("header:") ? incoming.header(name) : incoming.field(name);
    }

    private static Map<String, String> headers(List<String> wanted, Incoming incoming) {
        Map<String, String> headers = new HashMap<>();
        for (String name : wanted) {
            incoming.header(name).ifPresent(value -> headers.put(name, cut(value, LONGEST_HEADER)));
        }
        return headers;
    }

    private static @Nullable Instant time(String text) {
        try {
            Instant time;
            if (EPOCH.matcher(text).matches()) {
                long number = Long.parseLong(text);
                time =
                        text.length() == 10
                                ? Instant.ofEpochSecond(number)
                                : Instant.ofEpochMilli(number);
            } else {
                time = OffsetDateTime.parse(text).toInstant();
            }
            return time.isAfter(LONG_AGO) && time.isBefore(FAR_OFF) ? time : null;
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
