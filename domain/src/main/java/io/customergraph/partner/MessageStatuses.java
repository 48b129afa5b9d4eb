package io.customergraph.partner;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * How far messages of ours have come. They are told in any order, and one never goes back: what was
 * read was delivered. A message that is not known was sent by somebody else's hand; it is added
 * without its text.
 */
final class MessageStatuses {

    private static final String KNOWN =
            """
            SELECT c.source_account, c.external_id
            FROM (SELECT DISTINCT r.account, r.contact
                  FROM json_to_recordset(:rows::json) AS r (account text, contact text)) AS r
            JOIN omni_conversations c
                ON c.tenant_id = :tenant AND c.source_type = :source
               AND c.source_account = r.account AND c.external_id = r.contact
            """;

    private static final String APPLY =
            """
            INSERT INTO omni_messages AS m (
                tenant_id, id, conversation_id, external_id, direction, content_type, status,
                sent_at)
            SELECT :tenant, r.id, c.id, r.message, 'outbound', 'unknown', r.status, r.at
            FROM (SELECT DISTINCT ON (account, contact, message) *
                  FROM json_to_recordset(:rows::json) AS s (
                      id uuid, account text, contact text, message text, status text,
                      at timestamptz)
                  ORDER BY account, contact, message,
                           array_position('{sent,failed,delivered,read}'::text[], status) DESC
                 ) AS r
            JOIN omni_conversations c
                ON c.tenant_id = :tenant AND c.source_type = :source
               AND c.source_account = r.account AND c.external_id = r.contact
            ORDER BY c.id, r.message
            ON CONFLICT (tenant_id, conversation_id, external_id) DO UPDATE SET
                status = excluded.status
            WHERE m.direction = 'outbound'
              AND array_position('{sent,failed,delivered,read}'::text[], excluded.status)
                  > coalesce(array_position('{sent,failed,delivered,read}'::text[], m.status), 0)
            RETURNING m.conversation_id
            """;

    private static final String COUNT =
            """
            UPDATE omni_conversations c
            SET message_count = m.n, last_message_at = greatest(c.last_message_at, m.last)
            FROM unnest(:ids::uuid[]) AS i (id)
            CROSS JOIN LATERAL (
                SELECT count(*)::integer AS n, max(sent_at) AS last FROM omni_messages
                WHERE tenant_id = :tenant AND conversation_id = i.id) AS m
            WHERE c.tenant_id = :tenant AND c.id = i.id AND c.message_count <> m.n
            """;

    private final DatabaseClient database;

    MessageStatuses(DatabaseClient database) {
        this.database = database;
    }

    private record Key(String account, String contact) {}

    /** Of some facts those whose conversations nobody knows yet, one for each. */
    Mono<List<WhatsAppFact.Reached>> ofUnknown(
            TenantId tenant, String source, List<WhatsAppFact.Reached> facts) {
        return database.sql(KNOWN)
                .bind("tenant", tenant.value())
                .bind("source", source)
                .bind("rows", rows(facts))
                .map(row -> new Key(Row.text(row, 0), Row.text(row, 1)))
                .all()
                .collectList()
                .map(
                        known -> {
                            Set<Key> seen = new HashSet<>(known);
                            return facts.stream()
                                    .filter(one -> seen.add(new Key(one.account(), one.contact())))
                                    .toList();
                        });
    }

    /** Brings messages as far as some facts say; each conversation is known. */
    Mono<Void> apply(TenantId tenant, String source, List<WhatsAppFact.Reached> facts) {
        return database.sql(APPLY)
                .bind("tenant", tenant.value())
                .bind("source", source)
                .bind("rows", rows(facts))
                .map(row -> Row.id(row, 0))
                .all()
                .distinct()
                .collectList()
                .flatMap(
                        touched ->
                                touched.isEmpty()
                                        ? Mono.empty()
                                        : database.sql(COUNT)
                                                .bind("tenant", tenant.value())
                                                .bind("ids", touched.toArray(UUID[]::new))
                                                .then());
    }

    private record StatusRow(
            UUID id, String account, String contact, String message, String status, Instant at) {}

    private static String rows(List<WhatsAppFact.Reached> facts) {
        return JsonRows.of(
                facts.stream()
                        .map(
                                one ->
                                        new StatusRow(
                                                TimeOrderedId.next(),
                                                one.account(),
                                                one.contact(),
                                                one.message(),
                                                one.status(),
                                                one.at()))
                        .toList());
    }
}
