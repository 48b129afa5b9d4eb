package io.customergraph.delivery;

import io.customergraph.paging.Row;
import io.customergraph.sql.JsonRows;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the queue asks of the table of deliveries: always a statement for a whole batch. */
final class DeliveryRows {

    private static final String DUE =
            """
            SELECT c.id
            FROM integration_connections c
            WHERE c.tenant_id = :tenant AND c.status <> 'paused'
              AND (EXISTS (
                      SELECT FROM integration_events e
                      WHERE e.tenant_id = c.tenant_id AND e.connection_id = c.id
                        AND e.status IN ('received', 'failed') AND e.next_attempt_at <= now())
                   OR EXISTS (
                      SELECT FROM integration_events e
                      WHERE e.tenant_id = c.tenant_id AND e.connection_id = c.id
                        AND e.status = 'processing' AND e.claimed_until <= now()))
            ORDER BY c.id
            LIMIT 1000
            """;

    /**
     * What an earlier one of the same key forbids is left out twice: before the limit those whose
     * earlier one waits or is another node's, so that one stuck key does not hide the rest; and
     * after it those whose earlier one another node is just claiming, which this statement skipped.
     */
    private static final String CLAIM =
            """
            WITH due AS MATERIALIZED (
                SELECT e.id, e.sequence, e.ordering_key, e.body_bytes, e.attempts
                FROM integration_events e
                WHERE e.tenant_id = :tenant AND e.connection_id = :connection
                  AND e.status IN ('received', 'processing', 'failed')
                  AND (e.status <> 'processing' AND e.next_attempt_at <= now()
                       OR e.status = 'processing' AND e.claimed_until <= now())
                  AND EXISTS (
                      SELECT FROM integration_connections c
                      WHERE c.tenant_id = :tenant AND c.id = :connection
                        AND c.status <> 'paused')
                  AND (e.ordering_key IS NULL OR NOT EXISTS (
                      SELECT FROM integration_events b
                      WHERE b.tenant_id = :tenant AND b.connection_id = :connection
                        AND b.ordering_key = e.ordering_key AND b.sequence < e.sequence
                        AND b.status IN ('received', 'processing', 'failed')
                        AND (b.status <> 'processing' AND b.next_attempt_at > now()
                             OR b.status = 'processing' AND b.claimed_until > now())))
                ORDER BY e.sequence
                LIMIT :limit
                FOR UPDATE OF e SKIP LOCKED),
            mine AS MATERIALIZED (
                SELECT d.id, d.attempts,
                       sum(d.body_bytes) OVER (ORDER BY d.sequence) - d.body_bytes AS bytes_before
                FROM due d
                WHERE d.ordering_key IS NULL OR NOT EXISTS (
                    SELECT FROM integration_events b
                    WHERE b.tenant_id = :tenant AND b.connection_id = :connection
                      AND b.ordering_key = d.ordering_key AND b.sequence < d.sequence
                      AND b.status IN ('received', 'processing', 'failed')
                      AND NOT EXISTS (SELECT FROM due o WHERE o.id = b.id))),
            claimed AS (
                UPDATE integration_events e
                SET status = 'processing', claimed_by = :claim,
                    claimed_until = clock_timestamp() + make_interval(secs => :lease),
                    attempts = greatest(e.attempts, 1)
                FROM mine m
                WHERE e.tenant_id = :tenant AND e.id = m.id AND m.bytes_before < :bytes
                RETURNING e.id, e.connection_id, e.sequence, e.topic, e.ordering_key, e.attempts,
                          m.attempts = 0 AS is_fresh, e.body_ref, e.body_sha256, e.headers,
                          e.received_at, e.occurred_at)
            SELECT d.id, d.connection_id, c.provider, c.account, d.topic, d.ordering_key,
                   d.attempts, d.is_fresh, d.body_ref, encode(d.body_sha256, 'hex'),
                   d.headers::text, d.received_at, d.occurred_at
            FROM claimed d
            JOIN integration_connections c ON c.tenant_id = :tenant AND c.id = d.connection_id
            ORDER BY d.sequence
            """;

    /** Does not wait for rows that this node's own transaction is just about to finish. */
    private static final String RENEW =
            """
            UPDATE integration_events e
            SET claimed_until = clock_timestamp() + make_interval(secs => :lease)
            FROM (SELECT id FROM integration_events
                  WHERE tenant_id = :tenant AND connection_id = :connection
                    AND status = 'processing' AND claimed_by = :claim
                  FOR UPDATE SKIP LOCKED) AS mine
            WHERE e.tenant_id = :tenant AND e.id = mine.id
            """;

    private static final String BEGIN_AGAIN =
            """
            UPDATE integration_events
            SET attempts = attempts + 1
            WHERE tenant_id = :tenant AND id = :id AND status = 'processing'
              AND claimed_by = :claim
            RETURNING attempts
            """;

    /** Only what is still this claim's; and the hour's counts, last, since others wait for them. */
    private static final String FINISH =
            """
            WITH ended AS MATERIALIZED (
                UPDATE integration_events e
                SET status = r.status, claimed_by = NULL, claimed_until = NULL,
                    processed_at = CASE WHEN r.status IN ('processed', 'ignored')
                                        THEN clock_timestamp() END,
                    next_attempt_at = coalesce(
                        clock_timestamp() + make_interval(secs => r.pause), e.next_attempt_at),
                    attempts = coalesce(r.attempts, e.attempts),
                    error_code = r.error_code, error = left(r.error, 1000)
                FROM json_to_recordset(:rows::json) AS r (
                    id uuid, status text, attempts integer, pause double precision,
                    error_code text, error text)
                WHERE e.tenant_id = :tenant AND e.id = r.id AND e.status = 'processing'
                  AND e.claimed_by = :claim
                RETURNING e.connection_id, e.status,
                          (extract(epoch FROM clock_timestamp() - e.received_at) * 1000)::bigint
                              AS lag),
            counted AS MATERIALIZED (
                SELECT connection_id, count(*) AS events,
                       count(*) FILTER (WHERE status = 'dead') AS dead,
                       sum(greatest(lag, 0))::bigint AS lag,
                       max(greatest(lag, 0)) AS longest
                FROM ended
                WHERE status IN ('processed', 'ignored', 'dead')
                GROUP BY connection_id)
            SELECT count(*) + 0 * coalesce((
                SELECT count(record_integration_metric(
                    :tenant, connection_id, 'event', now(), events, dead, lag, longest)::text)
                FROM counted), 0)
            FROM ended
            """;

    private final DatabaseClient database;

    DeliveryRows(DatabaseClient database) {
        this.database = database;
    }

    /**
     * What becomes of a delivery that was claimed.
     *
     * @param attempts null to leave them as they are
     * @param pause in seconds until the next attempt; null where there is none
     */
    record Ending(
            UUID id,
            String status,
            @Nullable Integer attempts,
            @Nullable Double pause,
            @Nullable String errorCode,
            @Nullable String error) {}

    /** Connections that have something to do, at most 1,000. */
    Mono<List<UUID>> due(TenantId tenant) {
        return database.sql(DUE)
                .bind("tenant", tenant.value())
                .map(row -> Row.id(row, 0))
                .all()
                .collectList();
    }

    /** Claims what may be worked at, in the order in which it came. */
    Mono<List<ClaimedDelivery>> claim(
            TenantId tenant, UUID connection, String claim, QueueSettings settings) {
        return database.sql(CLAIM)
                .bind("tenant", tenant.value())
                .bind("connection", connection)
                .bind("claim", claim)
                .bind("lease", seconds(settings.lease()))
                .bind("limit", settings.batch())
                .bind("bytes", settings.batchBytes())
                .map(DeliveryRows::read)
                .all()
                .collectList();
    }

    Mono<Void> renew(TenantId tenant, UUID connection, String claim, Duration lease) {
        return database.sql(RENEW)
                .bind("tenant", tenant.value())
                .bind("connection", connection)
                .bind("claim", claim)
                .bind("lease", seconds(lease))
                .then();
    }

    /** Counts another attempt; gives how many there are now, or nothing of what was lost. */
    Mono<Integer> beginAgain(TenantId tenant, String claim, UUID id) {
        return database.sql(BEGIN_AGAIN)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("claim", claim)
                .map(row -> Row.number(row, 0))
                .one();
    }

    /**
     * Ends the work at deliveries.
     *
     * @return an error of {@link LeaseLost} where one of them is not the claim's any more
     */
    Mono<Void> finish(TenantId tenant, String claim, List<Ending> endings) {
        return database.sql(FINISH)
                .bind("tenant", tenant.value())
                .bind("claim", claim)
                .bind("rows", JsonRows.of(endings))
                .map(row -> Row.bigNumber(row, 0))
                .one()
                .flatMap(
                        ended ->
                                ended == endings.size()
                                        ? Mono.empty()
                                        : Mono.error(new LeaseLost(claim)));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static ClaimedDelivery read(Readable row) {
        return new ClaimedDelivery(
                Row.id(row, 0),
                Row.id(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.textOrNull(row, 5),
                Row.number(row, 6),
                Row.flag(row, 7),
                Row.textOrNull(row, 8),
                Row.text(row, 9),
                headers(Row.text(row, 10)),
                Row.time(row, 11),
                Row.timeOrNull(row, 12));
    }

    private static Map<String, String> headers(String json) {
        return JsonRows.MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
    }

    static Instant after(double pauseInSeconds) {
        return Instant.now().plusMillis((long) (pauseInSeconds * 1000));
    }
}
