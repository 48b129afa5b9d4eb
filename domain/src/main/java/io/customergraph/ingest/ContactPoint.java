package io.customergraph.ingest;

import io.customergraph.customer.Assurance;

/**
 * A way to reach a person, as the source wrote it: normalising is the resolver's.
 *
 * @param value raw; it may turn out to be no e-mail or phone at all
 * @param scope empty where the value is global; for a {@link Kind#WHATSAPP_USER_ID} the portfolio
 */
public record ContactPoint(Kind kind, String value, Assurance assurance, String scope) {

    /** What the value is. */
    public enum Kind {
        EMAIL,
        PHONE,
        /** Digits without plus, as WhatsApp writes a phone number. */
        WHATSAPP_ID,
        /** A business-scoped user id: since 2026 a contact may show no phone number. */
        WHATSAPP_USER_ID
    }

    public static ContactPoint email(String value, Assurance assurance) {
        return new ContactPoint(Kind.EMAIL, value, assurance, "");
    }

    public static ContactPoint phone(String value, Assurance assurance) {
        return new ContactPoint(Kind.PHONE, value, assurance, "");
    }

    public static ContactPoint whatsAppId(String value) {
        return new ContactPoint(Kind.WHATSAPP_ID, value, Assurance.ATTESTED, "");
    }

    public static ContactPoint whatsAppUserId(String value, String portfolio) {
        return new ContactPoint(Kind.WHATSAPP_USER_ID, value, Assurance.ATTESTED, portfolio);
    }
}
