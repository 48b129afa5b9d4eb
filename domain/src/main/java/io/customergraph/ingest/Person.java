package io.customergraph.ingest;

import io.customergraph.customer.Assurance;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a record is about, in the source's words. Everything may be missing.
 *
 * @param externalId the source's own id of the person, unique within the record's account
 * @param fullName where the source does not tell first from last
 * @param region ISO 3166-1 alpha-2, to read national phone numbers by; null: the tenant's
 * @param contactPoints in the source's order, the primary ones first
 */
public record Person(
        @Nullable String externalId,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String fullName,
        @Nullable String region,
        List<ContactPoint> contactPoints) {

    /** A record about nobody that is known: an anonymous sale. */
    public static final Person UNKNOWN = new Person(null, null, null, null, null, List.of());

    public Person {
        contactPoints = List.copyOf(contactPoints);
    }

    /** A person with at most one e-mail and one phone, both as sure as said. */
    public static Person of(
            @Nullable String externalId,
            @Nullable String fullName,
            @Nullable String email,
            @Nullable String phone,
            Assurance assurance) {
        return new Person(
                externalId, null, null, fullName, null, contacts(email, phone, assurance));
    }

    /** The contact points of an e-mail and a phone, leaving out what is missing. */
    public static List<ContactPoint> contacts(
            @Nullable String email, @Nullable String phone, Assurance assurance) {
        List<ContactPoint> contacts = new ArrayList<>(2);
        if (email != null) {
            contacts.add(ContactPoint.email(email, assurance));
        }
        if (phone != null) {
            contacts.add(ContactPoint.phone(phone, assurance));
        }
        return contacts;
    }
}
