package io.customergraph.conversation;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads conversations. */
public final class OmniConversations {

    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, customer_id, source_type, source_account, external_id,
                       customer_external_id, customer_name, customer_email, customer_phone,
                       channel, channel_identity, status, subject, first_message_at,
                       last_message_at, message_count, created_at, updated_at
                FROM omni_conversations
                WHERE tenant_id = $1 AND customer_id = p.id AND (last_message_at, id) %1$s ($3, $4)
                ORDER BY last_message_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM omni_conversations
                          WHERE tenant_id = $1 AND customer_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.customer_id, t.source_type, t.source_account, t.external_id,
                   t.customer_external_id, t.customer_name, t.customer_email,
                   t.customer_phone, t.channel, t.channel_identity, t.status, t.subject,
                   t.first_message_at, t.last_message_at, t.message_count, t.created_at,
                   t.updated_at
            FROM omni_conversations t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** A customer's conversations, the last active first. */
    public static final Connection<OmniConversation> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.conversations",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    OmniConversation::read,
                    OmniConversation::lastMessageAt,
                    OmniConversation::id);

    public static final Lookup<OmniConversation> LOOKUP =
            new Lookup<>("OmniConversation", BY_ID, OmniConversation::read);

    private OmniConversations() {}
}
