package io.customergraph.ingest;

import io.customergraph.customer.Assurance;
import io.customergraph.customer.IdentifierKey;
import io.customergraph.customer.IdentifierKind;
import io.customergraph.customer.IdentifierPolicies;
import io.customergraph.matching.normalize.Email;
import io.customergraph.matching.normalize.PersonName;
import io.customergraph.matching.normalize.Phone;
import io.customergraph.matching.normalize.Quality;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what a record says of its person, by a tenant's rules. */
final class EvidenceReader {

    private final IdentifierPolicies policies;
    private final Comparator<Evidence.Value> strongestFirst;

    EvidenceReader(IdentifierPolicies policies) {
        this.policies = policies;
        // The sort is stable: of two e-mails the source's first stays first.
        this.strongestFirst =
                Comparator.comparingInt(value -> policies.of(value.key().kind()).priority());
    }

    Evidence read(SourceRecord record) {
        Person person = record.person();
        Map<IdentifierKey, Evidence.Value> byKey = new TreeMap<>();
        List<Evidence.Value> values = new ArrayList<>(4);
        externalId(record).ifPresent(value -> add(values, byKey, value));
        for (ContactPoint contact : person.contactPoints()) {
            read(contact, person.region()).ifPresent(value -> add(values, byKey, value));
        }
        values.sort(strongestFirst);
        return new Evidence(nameOf(person), nameAssurance(record), values);
    }

    static PersonName nameOf(Person person) {
        PersonName parts = PersonName.of(person.firstName(), person.lastName());
        return parts.isEmpty() ? PersonName.ofFull(person.fullName()) : parts;
    }

    private static void add(
            List<Evidence.Value> values,
            Map<IdentifierKey, Evidence.Value> byKey,
            Evidence.Value value) {
        if (byKey.putIfAbsent(value.key(), value) == null) {
            values.add(value);
        }
    }

    private Optional<Evidence.Value> externalId(SourceRecord record) {
        String id = record.person().externalId();
        if (id == null || id.isBlank()) {
            return Optional.empty();
        }
        Origin origin = record.origin();
        IdentifierKey key =
                switch (record.type()) {
                    case SHOPIFY_CUSTOMER, SHOPIFY_ORDER, SHOPIFY_PRODUCT, SHOPIFY_REFUND ->
                            new IdentifierKey(
                                    IdentifierKind.SHOPIFY_CUSTOMER_ID, origin.account(), id);
                    // A CRM counts its prospects and its contacts apart: 7 is not 7.
                    case PROSPECT ->
                            new IdentifierKey(
                                    IdentifierKind.EXTERNAL_ID,
                                    origin.sourceType() + ":" + origin.account() + "/prospects",
                                    id);
                    case SUPPORT_TICKET,
                            SUPPORT_CONTACT,
                            APPOINTMENT,
                            OMNI_CONVERSATION,
                            TRANSACTION,
                            TRANSACTION_REFUND,
                            ENROLLMENT ->
                            new IdentifierKey(
                                    IdentifierKind.EXTERNAL_ID,
                                    origin.sourceType() + ":" + origin.account(),
                                    id);
                };
        return Optional.of(value(key, id, Assurance.OBSERVED, true));
    }

    /** A value apart from any record; a national number is read in the tenant's region. */
    Optional<Evidence.Value> read(ContactPoint contact) {
        return read(contact, null);
    }

    /** A source's own id of a person. */
    Evidence.Value value(IdentifierKey id) {
        return value(id, id.value(), Assurance.OBSERVED, true);
    }

    private Optional<Evidence.Value> read(ContactPoint contact, @Nullable String region) {
        return switch (contact.kind()) {
            case EMAIL -> Email.of(contact.value()).flatMap(email -> of(email, contact));
            case PHONE -> {
                yield Phone.of(contact.value(), region == null ? policies.defaultRegion() : region)
                        .flatMap(phone -> of(phone, contact));
            }
            case WHATSAPP_ID ->
                    Phone.ofWhatsAppId(contact.value()).flatMap(phone -> of(phone, contact));
            case WHATSAPP_USER_ID ->
                    contact.value().isBlank()
                            ? Optional.empty()
                            : Optional.of(
                                    value(
                                            new IdentifierKey(
                                                    IdentifierKind.WHATSAPP_USER_ID,
                                                    contact.scope(),
                                                    contact.value().strip()),
                                            contact.value().strip(),
                                            contact.assurance(),
                                            true));
        };
    }

    private Optional<Evidence.Value> of(Email email, ContactPoint contact) {
        if (email.quality() == Quality.UNUSABLE) {
            return Optional.empty();
        }
        IdentifierKey key = new IdentifierKey(IdentifierKind.EMAIL, "", email.normalized());
        return Optional.of(
                value(
                        key,
                        email.canonical(),
                        contact.assurance(),
                        email.quality() == Quality.IDENTITY));
    }

    private Optional<Evidence.Value> of(Phone phone, ContactPoint contact) {
        if (phone.quality() == Quality.UNUSABLE) {
            return Optional.empty();
        }
        IdentifierKey key = new IdentifierKey(IdentifierKind.PHONE, "", phone.e164());
        return Optional.of(
                value(key, phone.e164(), contact.assurance(), phone.quality() == Quality.IDENTITY));
    }

    private Evidence.Value value(
            IdentifierKey key, String canonical, Assurance assurance, boolean identity) {
        boolean identifies = identity && policies.of(key.kind()).trusts(key.value());
        return new Evidence.Value(key, canonical, assurance, identifies);
    }

    /** A profile that a system keeps is believed before what somebody typed into a form. */
    private static Assurance nameAssurance(SourceRecord record) {
        if (record instanceof SourceRecord.ShopifyCustomerRecord customer
                && customer.verifiedEmail()) {
            return Assurance.VERIFIED;
        }
        return record.person().externalId() == null ? Assurance.CLAIMED : Assurance.OBSERVED;
    }
}
