package io.customergraph.ingest;

/** What an identifier rests on. */
public final class IdentifierSupport {

    /**
     * Whether the record {@code p}, a row of {@code record_people}, says the identifier {@code i},
     * a row of {@code customer_identifiers} of the same customer. Records say e-mail and phone in
     * normal form, so equality is enough.
     */
    public static final String RECORD_SAYS_IT =
            """
            CASE i.kind
                WHEN 'email' THEN p.email = i.value
                WHEN 'phone' THEN p.phone = i.value
                WHEN 'shopify_customer_id' THEN p.source_type = 'shopify'
                    AND p.source_account = i.scope AND p.person_external_id = i.value
                WHEN 'external_id' THEN p.person_external_id = i.value
                    AND i.scope IN (p.source_type || ':' || p.source_account,
                                    p.source_type || ':' || p.source_account || '/prospects')
                ELSE p.person_external_id = i.value END
            """;

    private IdentifierSupport() {}
}
