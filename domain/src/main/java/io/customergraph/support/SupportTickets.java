package io.customergraph.support;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads support tickets. */
public final class SupportTickets {

    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, customer_id, source_type, source_account, external_id,
                       customer_external_id, customer_name, customer_email, customer_phone,
                       subject, description, status, priority, channel, tags, due_at,
                       resolved_at, created_at, updated_at
                FROM support_tickets
                WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                ORDER BY created_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM support_tickets
                          WHERE tenant_id = $1 AND customer_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.customer_id, t.source_type, t.source_account, t.external_id,
                   t.customer_external_id, t.customer_name, t.customer_email,
                   t.customer_phone, t.subject, t.description, t.status, t.priority,
                   t.channel, t.tags, t.due_at, t.resolved_at, t.created_at, t.updated_at
            FROM support_tickets t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** A customer's tickets, the newest first. */
    public static final Connection<SupportTicket> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.tickets",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    SupportTicket::read,
                    SupportTicket::createdAt,
                    SupportTicket::id);

    public static final Lookup<SupportTicket> LOOKUP =
            new Lookup<>("SupportTicket", BY_ID, SupportTicket::read);

    private SupportTickets() {}
}
