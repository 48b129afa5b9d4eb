package io.customergraph.provider.twilio;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.partner.ChannelAddress;
import io.customergraph.partner.ChannelAddress.Channel;
import io.customergraph.partner.MessageNews;
import io.customergraph.partner.MessageReader;
import io.customergraph.provider.message.MessageJson;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads incoming messages and status callbacks of Twilio's messaging, which are forms. Addresses of
 * WhatsApp begin with {@code whatsapp:}; a form has no time, so that a message is as old as its
 * delivery.
 */
@Component
public final class TwilioMessages implements MessageReader {

    private static final int MOST_FIELDS = 200;
    private static final int LONGEST_ID = 64;
    private static final Set<String> INBOUND = Set.of("received", "receiving");

    TwilioMessages() {}

    @Override
    public String provider() {
        return "twilio";
    }

    @Override
    public Read read(Delivery delivery) {
        Map<String, String> form = form(delivery.body());
        String id = first(form, "MessageSid", "SmsSid", "SmsMessageSid");
        if (id == null || id.length() > LONGEST_ID) {
            return new Read.Nothing(new DeliveryOutcome.Ignored("It is about no message"));
        }
        Channel channel = channel(form);
        if (channel == null) {
            return new Read.Nothing(
                    new DeliveryOutcome.Ignored("It is of neither WhatsApp nor SMS"));
        }
        Instant at = MessageJson.came(delivery);
        String status = first(form, "MessageStatus", "SmsStatus");
        if (status == null || INBOUND.contains(status)) {
            return ChannelAddress.of(
                            channel,
                            form.get("To"),
                            delivery.account(),
                            first(form, "WaId", "From"))
                    .map(address -> said(wrote(form, address, id, at)))
                    .orElseGet(() -> MessageReader.of(List.of(), true));
        }
        String reached = reached(status);
        if (reached == null) {
            return MessageReader.of(List.of(), false);
        }
        return ChannelAddress.of(channel, form.get("From"), delivery.account(), form.get("To"))
                .map(address -> said(new MessageNews.Reached(address, id, reached, at)))
                .orElseGet(() -> MessageReader.of(List.of(), true));
    }

    private static Read said(MessageNews news) {
        return new Read.Said(List.of(news));
    }

    private static MessageNews wrote(
            Map<String, String> form, ChannelAddress address, String id, Instant at) {
        return new MessageNews.Wrote(
                address,
                id,
                contentType(form),
                first(form, "Body", "ButtonText", "Address", "Label"),
                first(form, "ProfileName"),
                at);
    }

    private static String contentType(Map<String, String> form) {
        String media = first(form, "MediaContentType0");
        if (media != null) {
            String type = media.split("/", 2)[0].toLowerCase(Locale.ROOT);
            return List.of("image", "video", "audio").contains(type) ? type : "document";
        }
        return form.containsKey("Latitude") ? "location" : "text";
    }

    private static @Nullable Channel channel(Map<String, String> form) {
        String addresses = form.getOrDefault("From", "") + " " + form.getOrDefault("To", "");
        if (addresses.contains("whatsapp:")) {
            return Channel.WHATSAPP;
        }
        return addresses.contains(":") ? null : Channel.SMS;
    }

    /** What is on its way within Twilio says nothing yet. */
    private static @Nullable String reached(String status) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "sent" -> "sent";
            case "delivered" -> "delivered";
            case "read" -> "read";
            case "failed", "undelivered" -> "failed";
            default -> null;
        };
    }

    private static @Nullable String first(Map<String, String> form, String... names) {
        for (String name : names) {
            String value = form.getOrDefault(name, "");
            if (!value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", MOST_FIELDS)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.putIfAbsent(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noForm) {
            return "";
        }
    }
}
