package io.customergraph.provider.freshdesk;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.SupportContactRecord;
import io.customergraph.provider.json.JsonFields;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a contact's words mean; a ticket's requester is one. */
final class FreshdeskContact {

    /** Freshdesk lets a contact have ten. */
    private static final int MOST_EMAILS = 20;

    private FreshdeskContact() {}

    /** Null for what has no id or time, without which nothing can be kept. */
    static @Nullable SourceRecord record(JsonFields contact, String account) {
        String id = contact.id("id");
        Instant updated = contact.time("updated_at");
        if (id == null || updated == null) {
            return null;
        }
        Instant created = contact.time("created_at");
        List<String> others =
                FreshdeskTicket.texts(contact.object().path("other_emails")).stream()
                        .limit(MOST_EMAILS)
                        .toList();
        return new SupportContactRecord(
                new Origin("freshdesk", account, id, created == null ? updated : created, updated),
                person(contact, others),
                others,
                contact.text("mobile"),
                contact.text("language"),
                contact.isTrue("active"));
    }

    private static Person person(JsonFields contact, List<String> others) {
        Person requester = FreshdeskTicket.person(contact);
        List<ContactPoint> contacts = new ArrayList<>(requester.contactPoints());
        others.forEach(email -> contacts.add(ContactPoint.email(email, Assurance.OBSERVED)));
        return new Person(requester.externalId(), null, null, requester.fullName(), null, contacts);
    }
}
