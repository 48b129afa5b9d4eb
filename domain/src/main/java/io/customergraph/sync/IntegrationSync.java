package io.customergraph.sync;

import io.customergraph.paging.Listing;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * How far one sort of record of a connection was read.
 *
 * @param resource in the provider's words: {@code tickets}, {@code orders} …
 * @param status reading, waiting for its time, or failed and waiting to try again
 * @param records of the pass that is under way, or of the last one
 * @param rejected those of them that could not be kept
 * @param rejections the first {@link Rejection#MOST} of these
 * @param coveredUntil what changed at the provider until then is here; null before the first pass
 *     has ended
 * @param beganAt of the pass that is under way; null between two
 * @param problem why it failed last, as a code; null where it did not
 */
public record IntegrationSync(
        String resource,
        Status status,
        long records,
        long rejected,
        List<Rejection> rejections,
        @Nullable Instant coveredUntil,
        @Nullable Instant beganAt,
        @Nullable Instant finishedAt,
        Instant nextAt,
        @Nullable String problem) {

    public IntegrationSync {
        rejections = List.copyOf(rejections);
    }

    /** What becomes of it now. */
    public enum Status {
        /** Some node reads. */
        READING,
        /** It goes on at its time. */
        WAITING,
        /** The provider did not answer as it should; it is asked again at its time. */
        FAILED
    }

    /** Those of a connection, at most 50, by name. */
    public static final Listing<IntegrationSync> OF_CONNECTION =
            new Listing<>(
                    "IntegrationConnection.syncs",
                    """
                    SELECT p.id, s.resource,
                           CASE WHEN s.claimed_until > now() THEN 'READING'
                                WHEN s.failures_in_a_row > 0 THEN 'FAILED'
                                ELSE 'WAITING' END,
                           s.records, s.rejected, s.covered_until, s.pass_began_at,
                           s.finished_at, s.next_at, s.problem, s.rejections::text
                    FROM unnest($2::uuid[]) AS p (id)
                    CROSS JOIN LATERAL (
                        SELECT * FROM integration_syncs s
                        WHERE s.tenant_id = $1 AND s.connection_id = p.id
                        ORDER BY s.resource
                        LIMIT 50) AS s
                    ORDER BY s.resource
                    """,
                    IntegrationSync::read);

    private static IntegrationSync read(Readable row) {
        return new IntegrationSync(
                Row.text(row, 1),
                Status.valueOf(Row.text(row, 2)),
                Row.bigNumber(row, 3),
                Row.bigNumber(row, 4),
                Rejection.read(Row.text(row, 10)),
                Row.timeOrNull(row, 5),
                Row.timeOrNull(row, 6),
                Row.timeOrNull(row, 7),
                Row.time(row, 8),
                Row.textOrNull(row, 9));
    }
}
