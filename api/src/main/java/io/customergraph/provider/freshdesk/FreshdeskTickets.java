package io.customergraph.provider.freshdesk;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.delivery.DeliveryTranslator;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.SupportTicketRecord;
import io.customergraph.provider.json.JsonFields;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads tickets as Freshdesk's API tells of them, which is asked for the ticket of each delivery
 * ({@link FreshdeskLookup}); and, of a connection that has no key, as an automation rule sends
 * them. Freshdesk lets whoever makes the rule write the JSON; this is what is read of it:
 *
 * <pre>{@code
 * {"ticket_id": "{{ticket.id}}", "subject": "…", "description": "…", "status": "…",
 *  "priority": "…", "created_at": "…", "updated_at": "…",
 *  "requester": {"id": "…", "name": "…", "email": "…", "phone": "…"}}
 * }</pre>
 *
 * <p>Only the ticket's id is required. Status and priority are Freshdesk's numbers or its names,
 * times carry an offset, and a version without {@code updated_at} is as new as its delivery.
 * Whatever else is there is left alone.
 */
@Component
public final class FreshdeskTickets implements DeliveryTranslator {

    static final String PROVIDER = "freshdesk";

    FreshdeskTickets() {}

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public Translation translate(Delivery delivery) {
        Optional<JsonFields> body = JsonFields.of(delivery.body());
        if (body.isEmpty()) {
            return unusable("NOT_JSON", "Its body is no JSON object");
        }
        JsonFields ticket = body.get();
        if (ticket.has("id") && !ticket.has("ticket_id")) {
            return ofApi(ticket, delivery.account());
        }
        String id = ticket.id("ticket_id");
        if (id == null) {
            return unusable(
                    "INVALID_ID",
                    "`ticket_id` is missing, or no whole number; see the rule's JSON");
        }
        Instant sent =
                delivery.occurredAt() == null ? delivery.receivedAt() : delivery.occurredAt();
        Instant updated = sent;
        Instant created = null;
        if (ticket.has("updated_at")) {
            updated = ticket.time("updated_at");
        }
        if (ticket.has("created_at")) {
            created = ticket.time("created_at");
            if (created == null) {
                return invalidTime("created_at");
            }
        }
        if (updated == null) {
            return invalidTime("updated_at");
        }
        JsonFields requester = ticket.object("requester");
        return new Translation.Said(
                List.of(
                        new SupportTicketRecord(
                                new Origin(
                                        PROVIDER,
                                        delivery.account(),
                                        id,
                                        created == null ? updated : created,
                                        updated),
                                FreshdeskTicket.person(requester),
                                ticket.text("subject"),
                                ticket.text("description"),
                                FreshdeskTicket.status(ticket.text("status")),
                                FreshdeskTicket.priority(ticket.text("priority")),
                                null,
                                List.of(),
                                null,
                                null)),
                List.of());
    }

    private static Translation ofApi(JsonFields ticket, String account) {
        if (ticket.isTrue("deleted") || ticket.isTrue("spam")) {
            return new Translation.Nothing(
                    new DeliveryOutcome.Ignored("The ticket was thrown away"));
        }
        SourceRecord record = FreshdeskTicket.record(ticket, account);
        return record == null
                ? invalidTime("updated_at")
                : new Translation.Said(List.of(record), List.of());
    }

    private static Translation invalidTime(String field) {
        return unusable(
                "INVALID_TIME",
                "`" + field + "` is no time with an offset, such as 2026-03-01T10:00:00+03:00");
    }

    private static Translation unusable(String code, String why) {
        return new Translation.Nothing(new DeliveryOutcome.Unusable(code, why));
    }
}
