package io.customergraph.integration;

import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * How a connection's webhook is received.
 *
 * @param topics what is wanted, {@code orders/*} for all of a kind; empty for everything
 * @param headerName that carries the shared value, where the scheme is {@link
 *     WebhookScheme#OWN_HEADER}
 * @param tolerance how old a signature with a time may be
 * @param bodyRetention after which a body is deleted
 */
public record WebhookConfig(
        boolean isEnabled,
        List<String> topics,
        @Nullable String headerName,
        int maxBodyBytes,
        int requestsPerMinute,
        Duration tolerance,
        Duration bodyRetention) {

    /** The header of a shared value, where none was chosen. */
    public static final String DEFAULT_HEADER = "X-Webhook-Secret";

    /** Of a connection that was not configured otherwise. */
    public static final WebhookConfig DEFAULT =
            new WebhookConfig(
                    true,
                    List.of(),
                    null,
                    1_048_576,
                    6_000,
                    Duration.ofMinutes(5),
                    Duration.ofDays(30));

    /** By the connection; one that was not configured has no entry. */
    public static final Lookup<WebhookConfig> LOOKUP =
            new Lookup<>(
                    "WebhookConfig",
                    """
                    SELECT connection_id, is_enabled, topics, header_name, max_body_bytes,
                           requests_per_minute, extract(epoch FROM tolerance)::bigint,
                           extract(epoch FROM body_retention)::bigint
                    FROM integration_webhook_configs
                    WHERE tenant_id = $1 AND connection_id = ANY ($2)
                    """,
                    WebhookConfig::read);

    public WebhookConfig {
        topics = List.copyOf(topics);
    }

    private static WebhookConfig read(Readable row) {
        return new WebhookConfig(
                Row.flag(row, 1),
                Row.texts(row, 2),
                Row.textOrNull(row, 3),
                Row.number(row, 4),
                Row.number(row, 5),
                Duration.ofSeconds(Row.bigNumber(row, 6)),
                Duration.ofSeconds(Row.bigNumber(row, 7)));
    }

    /** The header of a shared value. */
    public String secretHeader() {
        return headerName == null ? DEFAULT_HEADER : headerName;
    }

    /** Whether a list of topics takes one; an empty list takes all. */
    public static boolean takes(List<String> topics, String topic) {
        return topics.isEmpty()
                || topics.stream()
                        .anyMatch(
                                one ->
                                        one.endsWith("*")
                                                ? topic.startsWith(
                                                        one.substring(0, one.length() - 1))
                                                : one.equals(topic));
    }
}
