package io.customergraph.partner;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Locale;

/** What a message of WhatsApp says, as text; of a picture or a place its caption or name. */
record MessageContent(String type, @Nullable String body) {

    private static final int LONGEST_TYPE = 40;

    private static final List<String> TEXTS =
            List.of(
                    "/text/body",
                    "/button/text",
                    "/interactive/button_reply/title",
                    "/interactive/list_reply/title",
                    "/interactive/nfm_reply/body",
                    "/image/caption",
                    "/video/caption",
                    "/document/caption",
                    "/document/filename",
                    "/reaction/emoji",
                    "/location/name",
                    "/location/address",
                    "/order/text");

    static MessageContent of(JsonNode message) {
        String type = message.path("type").asString("").toLowerCase(Locale.ROOT);
        String body = null;
        for (String place : TEXTS) {
            String text = message.at(place).asString("");
            if (body == null && !text.isBlank()) {
                body = text;
            }
        }
        return new MessageContent(
                type.isBlank() || type.length() > LONGEST_TYPE ? "unknown" : type, body);
    }
}
