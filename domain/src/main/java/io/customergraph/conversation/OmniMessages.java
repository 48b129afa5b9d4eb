package io.customergraph.conversation;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads messages. */
public final class OmniMessages {

    private static final String PAGE_BY_CONVERSATION =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, conversation_id, external_id, direction, content_type, body,
                       status, sent_at
                FROM omni_messages
                WHERE tenant_id = $1 AND conversation_id = p.id AND (sent_at, id) %1$s ($3, $4)
                ORDER BY sent_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CONVERSATION =
            """
            SELECT p.id, (SELECT count(*) FROM omni_messages
                          WHERE tenant_id = $1 AND conversation_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.conversation_id, t.external_id, t.direction, t.content_type,
                   t.body, t.status, t.sent_at
            FROM omni_messages t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** A conversation's messages, the newest first. */
    public static final Connection<OmniMessage> OF_CONVERSATION =
            Connection.newestFirst(
                    "OmniConversation.messages",
                    PAGE_BY_CONVERSATION,
                    COUNT_BY_CONVERSATION,
                    OmniMessage::read,
                    OmniMessage::sentAt,
                    OmniMessage::id);

    public static final Lookup<OmniMessage> LOOKUP =
            new Lookup<>("OmniMessage", BY_ID, OmniMessage::read);

    private OmniMessages() {}
}
