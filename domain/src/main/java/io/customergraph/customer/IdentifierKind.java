package io.customergraph.customer;

import java.util.Locale;

/** What sort of value a person is known by. */
public enum IdentifierKind {
    /** Normalised address; global. */
    EMAIL,
    /** E.164; global. */
    PHONE,
    /** Shopify's customer id; its scope is the shop's domain. */
    SHOPIFY_CUSTOMER_ID,
    /** WhatsApp's business-scoped user id; its scope is the business portfolio. */
    WHATSAPP_USER_ID,
    /** Any other source's id of a person; its scope is {@code source type:account}. */
    EXTERNAL_ID;

    /** The name in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a name in the database. */
    public static IdentifierKind ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
