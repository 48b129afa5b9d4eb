package io.customergraph.partner;

import io.customergraph.delivery.Delivery;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.IdentityEvent;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord.OmniConversationRecord;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one delivery in the shape of Meta's webhooks, which 360dialog passes on. Pure, and never
 * fails: what is broken in it is left out, and the rest is kept.
 */
final class WhatsAppReader {

    private static final int LONGEST_ID = 255;
    private static final long LATEST = 4_102_444_800L;
    private static final Set<String> STATUSES = Set.of("sent", "delivered", "read", "failed");

    private final Delivery delivery;
    private final Map<String, String> portfolios;
    private final List<WhatsAppFact> facts = new ArrayList<>();
    private boolean isKnown;
    private boolean isBroken;

    /**
     * Reads a delivery.
     *
     * @param portfolios of business accounts; one without is a portfolio of its own
     */
    WhatsAppReader(Delivery delivery, Map<String, String> portfolios) {
        this.delivery = delivery;
        this.portfolios = portfolios;
    }

    /**
     * What was read.
     *
     * @param isKnown whether anything is of a field that is followed
     * @param isBroken whether a part that is followed could not be read
     */
    record Read(List<WhatsAppFact> facts, boolean isKnown, boolean isBroken) {}

    Read read(JsonNode body) {
        JsonNode entries = body.path("entry");
        if (!entries.isArray() && (body.has("messages") || body.has("statuses"))) {
            messages(delivery.account(), body);
        }
        for (JsonNode entry : entries) {
            String account = entry.path("id").asString(delivery.account());
            Instant at = time(entry.path("time"));
            for (JsonNode change : entry.path("changes")) {
                change(account, at, change.path("field").asString(""), change.path("value"));
            }
        }
        return new Read(List.copyOf(facts), isKnown, isBroken);
    }

    private void change(String account, Instant at, String field, JsonNode value) {
        if (field.equals("messages")) {
            messages(account, value);
            return;
        }
        Optional<List<PartnerNews>> news = PartnerNewsReader.read(account, at, field, value);
        isKnown |= news.isPresent();
        news.ifPresent(all -> all.forEach(one -> facts.add(new WhatsAppFact.Told(one))));
    }

    private void messages(String account, JsonNode value) {
        isKnown = true;
        String portfolio = portfolios.getOrDefault(account, account);
        String number = value.at("/metadata/phone_number_id").asString(delivery.account());
        String channel = number.isBlank() ? delivery.account() : number;
        for (JsonNode message : value.path("messages")) {
            message(channel, portfolio, value.path("contacts"), message);
        }
        for (JsonNode status : value.path("statuses")) {
            status(channel, portfolio, status);
        }
    }

    private void message(String channel, String portfolio, JsonNode contacts, JsonNode message) {
        if (message.path("type").asString("").equals("system")) {
            system(portfolio, message);
            return;
        }
        String id = message.path("id").asString("");
        WhatsAppContact contact = sender(contacts, message).orElse(null);
        if (contact == null || id.isEmpty() || id.length() > LONGEST_ID) {
            isBroken = true;
            return;
        }
        Instant at = time(message.path("timestamp"));
        MessageContent content = MessageContent.of(message);
        facts.add(
                new WhatsAppFact.Wrote(
                        conversation(
                                channel,
                                contact.key(),
                                contact.name(),
                                contact.points(portfolio),
                                at,
                                List.of(
                                        new OmniConversationRecord.Message(
                                                id,
                                                "inbound",
                                                content.type(),
                                                content.body(),
                                                "received",
                                                at)))));
    }

    /** A version of a conversation. */
    private OmniConversationRecord conversation(
            String channel,
            String contact,
            @Nullable String name,
            List<ContactPoint> points,
            Instant at,
            List<OmniConversationRecord.Message> messages) {
        return conversation(delivery.provider(), channel, contact, name, points, at, messages);
    }

    static OmniConversationRecord conversation(
            String source,
            String channel,
            String contact,
            @Nullable String name,
            List<ContactPoint> points,
            Instant at,
            List<OmniConversationRecord.Message> messages) {
        return new OmniConversationRecord(
                new Origin(source, channel, contact, at, at),
                new Person(null, null, null, name, null, points),
                "whatsapp",
                contact,
                "open",
                null,
                messages);
    }

    private static Optional<WhatsAppContact> sender(JsonNode contacts, JsonNode message) {
        String from = text(message, "from");
        String user = first(text(message, "from_user_id"), text(message, "user_id"));
        JsonNode profile = null;
        for (JsonNode contact : contacts) {
            String waId = text(contact, "wa_id");
            String userId = text(contact, "user_id");
            boolean isSender =
                    (from != null && (from.equals(waId) || from.equals(userId)))
                            || (user != null && user.equals(userId))
                            || (from == null && user == null && contacts.size() == 1);
            if (profile == null && isSender) {
                profile = contact;
            }
        }
        return profile == null
                ? WhatsAppContact.of(from, first(user, from), null)
                : WhatsAppContact.of(
                        first(text(profile, "wa_id"), from),
                        first(text(profile, "user_id"), user),
                        text(profile.path("profile"), "name"));
    }

    private void status(String channel, String portfolio, JsonNode status) {
        String id = status.path("id").asString("");
        String reached = status.path("status").asString("");
        WhatsAppContact contact =
                WhatsAppContact.of(
                                text(status, "recipient_id"),
                                first(text(status, "recipient_user_id"), text(status, "user_id")),
                                null)
                        .orElse(null);
        if (id.isEmpty() || id.length() > LONGEST_ID || contact == null) {
            isBroken = true;
        } else if (STATUSES.contains(reached)) {
            facts.add(
                    new WhatsAppFact.Reached(
                            channel,
                            contact.key(),
                            contact.points(portfolio),
                            id,
                            reached,
                            time(status.path("timestamp"))));
        }
    }

    private void system(String portfolio, JsonNode message) {
        JsonNode system = message.path("system");
        Instant at = time(message.path("timestamp"));
        switch (system.path("type").asString("")) {
            case "user_changed_number", "customer_changed_number" -> {
                String before = first(text(message, "from"), text(system, "customer"));
                String after = first(text(system, "new_wa_id"), text(system, "wa_id"));
                if (WhatsAppContact.isNumber(before) && WhatsAppContact.isNumber(after)) {
                    replaced(
                            at,
                            ContactPoint.whatsAppId(String.valueOf(before)),
                            ContactPoint.whatsAppId(String.valueOf(after)));
                } else {
                    isBroken = true;
                }
            }
            case "user_changed_user_id" -> {
                String before =
                        first(text(system, "previous_user_id"), text(message, "previous_user_id"));
                String after = first(text(system, "user_id"), text(message, "user_id"));
                if (WhatsAppContact.isUserId(before) && WhatsAppContact.isUserId(after)) {
                    replaced(
                            at,
                            ContactPoint.whatsAppUserId(String.valueOf(before), portfolio),
                            ContactPoint.whatsAppUserId(String.valueOf(after), portfolio));
                } else {
                    isBroken = true;
                }
            }
            default -> {
                // Of a system message of another kind nothing follows.
            }
        }
    }

    private void replaced(Instant at, ContactPoint before, ContactPoint after) {
        facts.add(
                new WhatsAppFact.Renamed(
                        new IdentityEvent.Replaced(delivery.provider(), at, before, after, null)));
    }

    /** Seconds, as a number or as text; when it came where there are none. */
    private Instant time(JsonNode seconds) {
        long value = seconds.asLong(0);
        if (value > 0 && value < LATEST) {
            return Instant.ofEpochSecond(value);
        }
        Instant occurred = delivery.occurredAt();
        return occurred == null ? delivery.receivedAt() : occurred;
    }

    private static @Nullable String text(JsonNode node, String field) {
        String text = node.path(field).asString("");
        return text.isBlank() ? null : text;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
