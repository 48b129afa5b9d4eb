package io.customergraph.partner;

import io.customergraph.sql.JsonRows;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which deliveries of WhatsApp are to be applied one after the other: those of one contact on one
 * number. What is told of accounts and numbers has times of its own and needs no order.
 */
public final class WhatsAppOrder {

    private static final int DIGITS = 32;

    private WhatsAppOrder() {}

    /**
     * The ordering key of a delivery, by the first contact that it names; empty where no order is
     * needed. It is a digest: a key holds no phone number.
     */
    public static Optional<String> keyOf(String body) {
        try {
            JsonNode root = JsonRows.MAPPER.readTree(body);
            JsonNode value = root.at("/entry/0/changes/0/value");
            JsonNode held = value.isMissingNode() ? root : value;
            String number = held.at("/metadata/phone_number_id").asString("");
            for (String place :
                    new String[] {
                        "/messages/0/from",
                        "/messages/0/from_user_id",
                        "/contacts/0/wa_id",
                        "/contacts/0/user_id",
                        "/statuses/0/recipient_id",
                        "/statuses/0/recipient_user_id"
                    }) {
                String contact = held.at(place).asString("");
                if (!contact.isBlank()) {
                    return Optional.of("whatsapp:" + digest(number + "|" + contact));
                }
            }
            return Optional.empty();
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
