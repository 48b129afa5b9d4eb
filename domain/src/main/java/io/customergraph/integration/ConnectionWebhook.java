package io.customergraph.integration;

import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How the webhook of a connection is set, without any secret.
 *
 * @param chosenHeader that carries the shared value; null where none was chosen
 * @param tolerance how old a signature with a time may be
 * @param verifiedAt when the provider last looked whether the address is its owner's; null where it
 *     never did
 */
public record ConnectionWebhook(
        UUID connection,
        String provider,
        boolean isEnabled,
        List<String> topics,
        @Nullable String chosenHeader,
        int maxBodyBytes,
        int requestsPerMinute,
        Duration bodyRetention,
        Duration tolerance,
        @Nullable Instant verifiedAt) {

    /** By the connection; of one that was not configured the defaults. */
    public static final Lookup<ConnectionWebhook> LOOKUP =
            new Lookup<>(
                    "IntegrationConnection.webhook",
                    """
                    SELECT c.id, c.provider, coalesce(w.is_enabled, true), coalesce(w.topics, '{}'),
                           w.header_name, coalesce(w.max_body_bytes, 1048576),
                           coalesce(w.requests_per_minute, 6000), w.verified_at,
                           coalesce(extract(epoch FROM w.body_retention), 2592000)::bigint,
                           coalesce(extract(epoch FROM w.tolerance), 300)::bigint
                    FROM integration_connections c
                    LEFT JOIN integration_webhook_configs w
                        ON w.tenant_id = c.tenant_id AND w.connection_id = c.id
                    WHERE c.tenant_id = $1 AND c.id = ANY ($2)
                    """,
                    row ->
                            new ConnectionWebhook(
                                    Row.id(row, 0),
                                    Row.text(row, 1),
                                    Row.flag(row, 2),
                                    Row.texts(row, 3),
                                    Row.textOrNull(row, 4),
                                    Row.number(row, 5),
                                    Row.number(row, 6),
                                    Duration.ofSeconds(Row.bigNumber(row, 8)),
                                    Duration.ofSeconds(Row.bigNumber(row, 9)),
                                    Row.timeOrNull(row, 7)));

    public ConnectionWebhook {
        topics = List.copyOf(topics);
    }
}
