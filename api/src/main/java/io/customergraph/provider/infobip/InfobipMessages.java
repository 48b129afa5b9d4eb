package io.customergraph.provider.infobip;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.partner.ChannelAddress;
import io.customergraph.partner.ChannelAddress.Channel;
import io.customergraph.partner.MessageNews;
import io.customergraph.partner.MessageReader;
import io.customergraph.provider.message.MessageJson;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads Infobip's incoming messages of WhatsApp and SMS, delivery reports and seen reports. All are
 * lists of {@code results}; of a report the person is {@code to}.
 */
@Component
public final class InfobipMessages implements MessageReader {

    InfobipMessages() {}

    @Override
    public String provider() {
        return "infobip";
    }

    @Override
    public Read read(Delivery delivery) {
        JsonNode body = MessageJson.object(delivery).orElse(null);
        if (body == null) {
            return new Read.Nothing(
                    new DeliveryOutcome.Unusable("NOT_JSON", "Its body is no JSON object"));
        }
        List<MessageNews> news = new ArrayList<>();
        boolean isBroken = false;
        for (JsonNode result : body.path("results")) {
            if (result.has("receivedAt")) {
                isBroken |= !added(wrote(delivery, result), news);
            } else {
                String status = reached(result);
                isBroken |= status != null && !added(reached(delivery, result, status), news);
            }
        }
        return MessageReader.of(news, isBroken);
    }

    private static boolean added(@Nullable MessageNews one, List<MessageNews> news) {
        return one != null && news.add(one);
    }

    private static @Nullable MessageNews wrote(Delivery delivery, JsonNode result) {
        String id = MessageJson.id(result, "/messageId");
        ChannelAddress address =
                ChannelAddress.of(
                                result.path("message").isObject() ? Channel.WHATSAPP : Channel.SMS,
                                MessageJson.text(result, "/to"),
                                delivery.account(),
                                MessageJson.text(result, "/from"))
                        .orElse(null);
        return id == null || address == null
                ? null
                : new MessageNews.Wrote(
                        address,
                        id,
                        type(MessageJson.text(result, "/message/type")),
                        first(
                                result,
                                "/message/text",
                                "/message/caption",
                                "/message/title",
                                "/text"),
                        MessageJson.text(result, "/contact/name"),
                        MessageJson.time(result, "/receivedAt", delivery));
    }

    private static @Nullable MessageNews reached(
            Delivery delivery, JsonNode result, String status) {
        String id = MessageJson.id(result, "/messageId");
        ChannelAddress address =
                ChannelAddress.of(
                                channel(result),
                                first(result, "/from", "/sender"),
                                delivery.account(),
                                MessageJson.text(result, "/to"))
                        .orElse(null);
        return id == null || address == null
                ? null
                : new MessageNews.Reached(
                        address, id, status, MessageJson.time(result, when(result), delivery));
    }

    private static String when(JsonNode result) {
        if (result.has("seenAt")) {
            return "/seenAt";
        }
        return result.has("doneAt") ? "/doneAt" : "/sentAt";
    }

    /** Only reports of short messages count the parts that they were sent in. */
    private static Channel channel(JsonNode result) {
        String channel = MessageJson.text(result, "/channel");
        boolean isShort =
                channel == null
                        ? result.has("smsCount")
                        : channel.toUpperCase(Locale.ROOT).contains("SMS");
        return isShort ? Channel.SMS : Channel.WHATSAPP;
    }

    private static @Nullable String reached(JsonNode result) {
        if (result.has("seenAt")) {
            return "read";
        }
        String group = MessageJson.text(result, "/status/groupName");
        return switch (group == null ? "" : group.toUpperCase(Locale.ROOT)) {
            case "PENDING" -> "sent";
            case "DELIVERED" -> "delivered";
            case "UNDELIVERABLE", "EXPIRED", "REJECTED" -> "failed";
            default -> null;
        };
    }

    private static String type(@Nullable String type) {
        String lower = type == null ? "text" : type.toLowerCase(Locale.ROOT);
        return lower.length() > 40 ? "unknown" : lower;
    }

    private static @Nullable String first(JsonNode of, String... pointers) {
        for (String pointer : pointers) {
            String text = MessageJson.text(of, pointer);
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
