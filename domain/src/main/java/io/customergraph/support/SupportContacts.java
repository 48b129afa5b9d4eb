package io.customergraph.support;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads whom helpdesks know. */
public final class SupportContacts {

    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, customer_id, source_type, source_account, external_id, name, email,
                       other_emails, phone, mobile, language, is_active, created_at, updated_at
                FROM support_contacts
                WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                ORDER BY created_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM support_contacts
                          WHERE tenant_id = $1 AND customer_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.customer_id, t.source_type, t.source_account, t.external_id,
                   t.name, t.email, t.other_emails, t.phone, t.mobile, t.language,
                   t.is_active, t.created_at, t.updated_at
            FROM support_contacts t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** A customer's contacts at helpdesks, the newest first. */
    public static final Connection<SupportContact> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.supportContacts",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    SupportContact::read,
                    SupportContact::createdAt,
                    SupportContact::id);

    public static final Lookup<SupportContact> LOOKUP =
            new Lookup<>("SupportContact", BY_ID, SupportContact::read);

    private SupportContacts() {}
}
