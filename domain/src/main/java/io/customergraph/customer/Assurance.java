package io.customergraph.customer;

import java.util.Locale;

/** How sure a source makes us that a value is this person's, weakest first. */
public enum Assurance {
    /** Somebody typed it. It may attach a record; it never joins two customers. */
    CLAIMED,
    /** The source saw it in use. */
    OBSERVED,
    /** The source verified it, by a confirmation link or code. */
    VERIFIED,
    /** The channel proves it, as the sender of a WhatsApp message. */
    ATTESTED;

    /** The name in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The assurance of a name in the database. */
    public static Assurance ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
