package io.customergraph.delivery;

import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What waits of one connection.
 *
 * @param depth how many wait, are worked at or are to be tried again
 * @param lagSeconds for how long the oldest of them has waited; 0 where there is none
 * @param dead how many were given up
 */
public record QueueState(
        long depth, long lagSeconds, long dead, @Nullable Instant oldestReceivedAt) {

    public static final Lookup<QueueState> OF_CONNECTION =
            new Lookup<>(
                    "IntegrationConnection.queue",
                    """
                    SELECT p.id, w.depth,
                           coalesce(greatest(0, extract(epoch FROM now() - w.oldest)), 0)::bigint,
                           d.dead, w.oldest
                    FROM unnest($2::uuid[]) AS p (id)
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS depth, min(received_at) AS oldest
                        FROM integration_events
                        WHERE tenant_id = $1 AND connection_id = p.id
                          AND status IN ('received', 'processing', 'failed')) AS w
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS dead FROM integration_events
                        WHERE tenant_id = $1 AND connection_id = p.id AND status = 'dead') AS d
                    """,
                    row ->
                            new QueueState(
                                    Row.bigNumber(row, 1),
                                    Row.bigNumber(row, 2),
                                    Row.bigNumber(row, 3),
                                    Row.timeOrNull(row, 4)));
}
