package io.customergraph.scheduling;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads prospects. */
public final class Prospects {

    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, customer_id, source_type, source_account, external_id, first_name,
                       last_name, email, phone, company, status, campaign, notes, created_at,
                       updated_at
                FROM prospects
                WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                ORDER BY created_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM prospects
                          WHERE tenant_id = $1 AND customer_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.customer_id, t.source_type, t.source_account, t.external_id,
                   t.first_name, t.last_name, t.email, t.phone, t.company, t.status,
                   t.campaign, t.notes, t.created_at, t.updated_at
            FROM prospects t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** A customer's prospects, the newest first. */
    public static final Connection<Prospect> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.prospects",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    Prospect::read,
                    Prospect::createdAt,
                    Prospect::id);

    public static final Lookup<Prospect> LOOKUP = new Lookup<>("Prospect", BY_ID, Prospect::read);

    private Prospects() {}
}
