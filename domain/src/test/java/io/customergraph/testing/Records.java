package io.customergraph.testing;

import io.customergraph.customer.Assurance;
import io.customergraph.ingest.ContactPoint;
import io.customergraph.ingest.Origin;
import io.customergraph.ingest.Person;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.ingest.SourceRecord.AppointmentRecord;
import io.customergraph.ingest.SourceRecord.OmniConversationRecord;
import io.customergraph.ingest.SourceRecord.ProspectRecord;
import io.customergraph.ingest.SourceRecord.ShopifyCustomerRecord;
import io.customergraph.ingest.SourceRecord.ShopifyOrderRecord;
import io.customergraph.ingest.SourceRecord.ShopifyProductRecord;
import io.customergraph.ingest.SourceRecord.SupportContactRecord;
import io.customergraph.ingest.SourceRecord.SupportTicketRecord;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Source records as tests need them. Whatever is not said is the same in all. */
public final class Records {

    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final AtomicLong IDS = new AtomicLong(1000);

    private Records() {}

    public static String newId() {
        return Long.toString(IDS.incrementAndGet());
    }

    public static Origin origin(String sourceType, String account, String id) {
        return new Origin(sourceType, account, id, START, START);
    }

    public static Origin later(Origin origin, long seconds) {
        return new Origin(
                origin.sourceType(),
                origin.account(),
                origin.externalId(),
                origin.createdAt(),
                origin.updatedAt().plusSeconds(seconds));
    }

    public static Person person(
            @Nullable String externalId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone) {
        return Person.of(externalId, name, email, phone, Assurance.OBSERVED);
    }

    public static ShopifyCustomerRecord shopifyCustomer(
            String id, @Nullable String name, @Nullable String email, @Nullable String phone) {
        return new ShopifyCustomerRecord(
                origin("shopify", "one.myshopify.com", id),
                Person.of(id, name, email, phone, Assurance.VERIFIED),
                true,
                true,
                3,
                null,
                "enabled",
                List.of("vip"));
    }

    public static SupportTicketRecord ticket(Origin origin, Person person) {
        return new SupportTicketRecord(
                origin,
                person,
                "Where is it?",
                "Text",
                "open",
                "high",
                "email",
                List.of(),
                null,
                null);
    }

    public static SupportTicketRecord ticket(Person person) {
        return ticket(origin("freshdesk", "acme", newId()), person);
    }

    public static SupportContactRecord contact(String id, Person person) {
        return new SupportContactRecord(
                origin("freshdesk", "acme", id), person, List.of(), null, "ar", true);
    }

    public static AppointmentRecord appointment(Person person, Instant at) {
        return new AppointmentRecord(
                origin("booking", "main", newId()),
                person,
                "Fitting",
                at,
                30,
                "scheduled",
                null,
                null,
                null);
    }

    public static ProspectRecord prospect(Person person) {
        String id = person.externalId() == null ? newId() : person.externalId();
        return new ProspectRecord(origin("crm", "main", id), person, "Acme", "new", null, null);
    }

    public static OmniConversationRecord conversation(
            Origin origin, Person person, String... messageIds) {
        return new OmniConversationRecord(
                origin,
                person,
                "whatsapp",
                null,
                "open",
                null,
                List.of(messageIds).stream()
                        .map(
                                id ->
                                        new OmniConversationRecord.Message(
                                                id, "inbound", "text", "Hello", "received", START))
                        .toList());
    }

    public static ShopifyOrderRecord order(
            Person person, String total, String currency, String status, Instant at) {
        return order(person, total, currency, status, at, 77, 78);
    }

    public static ShopifyOrderRecord orderOf(long product, long variant) {
        Person person = person(null, null, "buyer" + product + "@example.com", null);
        return order(person, "12.50", "SAR", "paid", START, product, variant);
    }

    private static ShopifyOrderRecord order(
            Person person,
            String total,
            String currency,
            String status,
            Instant at,
            long product,
            long variant) {
        String id = newId();
        return new ShopifyOrderRecord(
                new Origin("shopify", "one.myshopify.com", id, at, at),
                person,
                "#" + id,
                currency,
                new BigDecimal(total),
                null,
                null,
                null,
                BigDecimal.ZERO,
                status,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                List.of(
                        new ShopifyOrderRecord.Item(
                                Long.parseLong(newId()),
                                product,
                                variant,
                                "Lamp",
                                null,
                                "L-1",
                                null,
                                1,
                                new BigDecimal(total),
                                null)));
    }

    public static ShopifyProductRecord product(long id, long variant) {
        return new ShopifyProductRecord(
                origin("shopify", "one.myshopify.com", Long.toString(id)),
                "Lamp",
                null,
                null,
                "active",
                null,
                List.of(),
                null,
                List.of(
                        new ShopifyProductRecord.Variant(
                                variant, null, "L-1", null, null, null, START, START)));
    }

    public static ContactPoint claimedEmail(String email) {
        return ContactPoint.email(email, Assurance.CLAIMED);
    }

    public static SourceRecord withContacts(String name, ContactPoint... contacts) {
        return ticket(new Person(null, null, null, name, null, List.of(contacts)));
    }
}
