package io.customergraph.provider.freshdesk;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryOutcome;
import io.customergraph.delivery.DeliveryTranslator;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.SourceRecord.SupportTicketRecord;
import io.customergraph.provider.json.JsonFields;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads tickets as an automation rule of Freshdesk sends them. Freshdesk lets whoever makes the
 * rule write the JSON; this is the one that the help for setting a connection up tells to write:
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

    private static final String PROVIDER = "freshdesk";

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

    private static Translation invalidTime(String field) {
        return unusable(
                "INVALID_TIME",
                "`" + field + "` is no time with an offset, such as 2026-03-01T10:00:00+03:00");
    }

    private static Translation unusable(String code, String why) {
        return new Translation.Nothing(new DeliveryOutcome.Unusable(code, why));
    }
}
