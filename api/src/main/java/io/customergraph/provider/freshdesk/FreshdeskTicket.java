package io.customergraph.provider.freshdesk;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.SupportTicketRecord;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a ticket's words mean, whichever way it came. */
final class FreshdeskTicket {

    private FreshdeskTicket() {}

    /**
     * As the API tells of it; null for what has no id or time, without which nothing can be kept.
     */
    static @Nullable SourceRecord record(JsonFields ticket, String account) {
        String id = ticket.id("id");
        Instant updated = ticket.time("updated_at");
        if (id == null || updated == null) {
            return null;
        }
        Instant created = ticket.time("created_at");
        JsonFields requester = ticket.object("requester");
        return new SupportTicketRecord(
                new Origin(
                        FreshdeskTickets.PROVIDER,
                        account,
                        id,
                        created == null ? updated : created,
                        updated),
                person(requester),
                ticket.text("subject"),
                ticket.text("description_text"),
                status(ticket.text("status")),
                priority(ticket.text("priority")),
                channel(ticket.text("source")),
                texts(ticket.object().path("tags")),
                ticket.time("due_by"),
                null);
    }

    /** An address that an agent or the requester entered: it was seen, and not verified. */
    static Person person(JsonFields requester) {
        List<ContactPoint> contacts = new ArrayList<>(3);
        String email = requester.text("email");
        if (email != null) {
            contacts.add(ContactPoint.email(email, Assurance.OBSERVED));
        }
        for (String field : List.of("phone", "mobile")) {
            String number = requester.text(field);
            if (number != null) {
                contacts.add(ContactPoint.phone(number, Assurance.OBSERVED));
            }
        }
        return new Person(requester.id("id"), null, null, requester.text("name"), null, contacts);
    }

    /** The texts of an array, without what else is in it. */
    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        if (array.isArray()) {
            array.forEach(
                    one -> {
                        if (one.isString() && !one.asString().isBlank()) {
                            texts.add(one.asString().strip());
                        }
                    });
        }
        return texts;
    }

    /** By Freshdesk's numbers and names; a status of the helpdesk's own is open. */
    static String status(@Nullable String status) {
        if (status == null) {
            return "open";
        }
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "3", "pending", "6", "waiting on customer", "7", "waiting on third party" ->
                    "pending";
            case "4", "resolved" -> "resolved";
            case "5", "closed" -> "closed";
            default -> "open";
        };
    }

    static @Nullable String priority(@Nullable String priority) {
        if (priority == null) {
            return null;
        }
        return switch (priority.toLowerCase(Locale.ROOT)) {
            case "1", "low" -> "low";
            case "2", "medium" -> "medium";
            case "3", "high" -> "high";
            case "4", "urgent" -> "urgent";
            default -> null;
        };
    }

    /** By Freshdesk's numbers; a channel that is none of these has no name here. */
    static @Nullable String channel(@Nullable String source) {
        if (source == null) {
            return null;
        }
        return switch (source) {
            case "1" -> "email";
            case "2" -> "portal";
            case "3" -> "phone";
            case "7" -> "chat";
            case "9" -> "feedback";
            case "10" -> "outbound_email";
            default -> null;
        };
    }
}
