package io.customergraph.provider.freshdesk;

import io.customergraph.delivery.Delivery;
import io.customergraph.delivery.DeliveryLookup;
import io.customergraph.provider.check.ProviderCheck;
import io.customergraph.provider.json.JsonFields;
import io.customergraph.provider.lookup.ObjectLookup;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Asks Freshdesk for the ticket that an automation rule tells of. A rule says what whoever made it
 * wrote, which is a part of the ticket and no version of it, and is signed by nobody.
 */
@Component
final class FreshdeskLookup implements DeliveryLookup {

    private static final ObjectLookup.Question TICKET =
            new ObjectLookup.Question(
                    FreshdeskLookup::ticketId,
                    "ticket_id",
                    "id",
                    "api_key",
                    (open, id) ->
                            ProviderCheck.get(open, "/api/v2/tickets/{id}")
                                    .pathValue("id", id)
                                    .query("include", "requester")
                                    .header("Authorization", FreshdeskReader.key(open)));

    private final ObjectLookup objects;

    FreshdeskLookup(ObjectLookup objects) {
        this.objects = objects;
    }

    @Override
    public String provider() {
        return FreshdeskTickets.PROVIDER;
    }

    @Override
    public Mono<List<Answer>> lookUp(List<Delivery> deliveries) {
        return objects.lookUp(deliveries, TICKET);
    }

    /** By the content that the help tells to write, or Freshdesk's own suggestion of one. */
    private static @Nullable String ticketId(JsonFields body) {
        String id = body.id("ticket_id");
        return id == null ? body.object("freshdesk_webhook").id("ticket_id") : id;
    }
}
