package io.customergraph.provider.message;

import io.customergraph.delivery.Delivery;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/** Reads of a provider's JSON what may be there or not. */
public final class MessageJson {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_ID = 255;
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2199-12-31T23:59:59Z");

    /** ISO 8601, with an offset that has a colon or, as Infobip writes it, none. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .appendPattern("[XXX][XX][X]")
                    .toFormatter(Locale.ROOT);

    private MessageJson() {}

    /** The object that a delivery is; empty where it is none. */
    public static Optional<JsonNode> object(Delivery delivery) {
        try {
            return Optional.of(JSON.readTree(delivery.body())).filter(JsonNode::isObject);
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    /** Null where it is not there, no single value, or blank. */
    public static @Nullable String text(JsonNode of, String pointer) {
        JsonNode node = of.at(pointer);
        String text = node.isString() || node.isIntegralNumber() ? node.asString() : "";
        return text.isBlank() ? null : text;
    }

    /** An id that can be kept; null where there is none. */
    public static @Nullable String id(JsonNode of, String pointer) {
        String id = text(of, pointer);
        return id == null || id.length() > LONGEST_ID ? null : id;
    }

    /** A time that says its offset; when the delivery came where there is none. */
    public static Instant time(JsonNode of, String pointer, Delivery delivery) {
        String text = text(of, pointer);
        if (text != null) {
            try {
                Instant time = OffsetDateTime.parse(text, TIME).toInstant();
                if (time.isAfter(FIRST) && time.isBefore(LAST)) {
                    return time;
                }
            } catch (DateTimeException noTime) {
                return came(delivery);
            }
        }
        return came(delivery);
    }

    /** When a delivery was sent, or else when it came. */
    public static Instant came(Delivery delivery) {
        Instant occurred = delivery.occurredAt();
        return occurred == null ? delivery.receivedAt() : occurred;
    }
}
