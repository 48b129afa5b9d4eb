package io.customergraph.provider.unifonic;

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

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Reads the events of Unifonic's conversations [docs.unifonic.com, Incoming Messages and Message
 * Delivery Status]. They tell the person's address and not ours, in whose place the application is.
 */
@Component
public final class UnifonicMessages implements MessageReader {

    UnifonicMessages() {}

    @Override
    public String provider() {
        return "unifonic";
    }

    @Override
    public Read read(Delivery delivery) {
        JsonNode body = MessageJson.object(delivery).orElse(null);
        if (body == null) {
            return new Read.Nothing(
                    new DeliveryOutcome.Unusable("NOT_JSON", "Its body is no JSON object"));
        }
        String event = MessageJson.text(body, "/eventType");
        boolean isInbound = "message.received".equals(event);
        String reached = reached(event);
        String side = isInbound ? "/sender" : "/recipient";
        Channel channel = channel(MessageJson.text(body, side + "/channel"));
        if ((!isInbound && reached == null) || channel == null) {
            return MessageReader.of(List.of(), false);
        }
        String id = MessageJson.id(body, "/messageId");
        ChannelAddress address =
                ChannelAddress.of(
                                channel,
                                MessageJson.text(body, "/applicationId"),
                                delivery.account(),
                                MessageJson.text(body, side + "/contact"))
                        .orElse(null);
        if (id == null || address == null) {
            return MessageReader.of(List.of(), true);
        }
        Instant at = MessageJson.time(body, "/timestamp", delivery);
        return new Read.Said(
                List.of(
                        reached == null
                                ? wrote(body, address, id, at)
                                : new MessageNews.Reached(address, id, reached, at)));
    }

    private static MessageNews wrote(JsonNode body, ChannelAddress address, String id, Instant at) {
        String type = MessageJson.text(body, "/content/type");
        return new MessageNews.Wrote(
                address,
                id,
                type == null || type.length() > 40 ? "unknown" : type.toLowerCase(Locale.ROOT),
                MessageJson.text(body, "/content/text"),
                MessageJson.text(body, "/sender/name"),
                at);
    }

    private static @Nullable String reached(@Nullable String event) {
        return switch (event == null ? "" : event) {
            case "message.sent", "message.sent_successfully_to_provider" -> "sent";
            case "message.delivered" -> "delivered";
            case "message.read" -> "read";
            case "message.rejected", "message.failed", "message.undelivered" -> "failed";
            default -> null;
        };
    }

    private static @Nullable Channel channel(@Nullable String channel) {
        return switch (channel == null ? "" : channel.toLowerCase(Locale.ROOT)) {
            case "whatsapp" -> Channel.WHATSAPP;
            case "sms" -> Channel.SMS;
            default -> null;
        };
    }
}
