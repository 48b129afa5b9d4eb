package io.customergraph.delivery;

import io.customergraph.sql.SqlText;
import io.customergraph.sql.SqlTime;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Which deliveries are wanted; null, or no statuses and topics, for any.
 *
 * @param receivedTo exclusive
 */
public record EventFilter(
        @Nullable UUID connection,
        List<String> statuses,
        List<String> topics,
        @Nullable Instant receivedFrom,
        @Nullable Instant receivedTo) {

    static final String WANTED =
            """
            e.tenant_id = :tenant
              AND (:connection::uuid IS NULL OR e.connection_id = :connection::uuid)
              AND (cardinality(:statuses::text[]) = 0 OR e.status = ANY (:statuses::text[]))
              AND (cardinality(:topics::text[]) = 0 OR e.topic = ANY (:topics::text[]))
              AND e.received_at >= coalesce(:from::timestamptz, '-infinity')
              AND e.received_at < coalesce(:to::timestamptz, 'infinity')
            """;

    public EventFilter {
        statuses = List.copyOf(statuses);
        topics = List.copyOf(topics);
    }

    GenericExecuteSpec bind(GenericExecuteSpec statement) {
        return statement
                .bind("connection", SqlText.of(connection == null ? null : connection.toString()))
                .bind("statuses", statuses.toArray(String[]::new))
                .bind("topics", topics.toArray(String[]::new))
                .bind("from", SqlTime.of(receivedFrom))
                .bind("to", SqlTime.of(receivedTo));
    }
}
