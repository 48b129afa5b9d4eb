package io.customergraph.reconcile;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A comparison of what is here with what a connection's provider has, and how far it is.
 *
 * @param resources what is read, in the provider's words; empty before a node took it up where all
 *     is wanted
 * @param status and {@code phase}, as {@code reconciliations} has them
 * @param records read so far by the reading that is under way, or by the last one
 * @param unreadable records that could not be read
 * @param isSame whether nothing differs, or nothing is left that does; null before it ended, and
 *     where it failed
 * @param problem why it failed last, as a code
 */
public record Reconciliation(
        UUID id,
        UUID connectionId,
        List<String> resources,
        boolean repairs,
        String status,
        String phase,
        long records,
        long unreadable,
        @Nullable Boolean isSame,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant beganAt,
        @Nullable Instant finishedAt,
        @Nullable String problem) {

    private static final String COLUMNS =
            """
            r.id, r.connection_id, r.resources, r.repairs, r.status, r.phase, r.records,
            r.unreadable, r.actor, r.requested_at, r.began_at, r.finished_at, r.problem,
            CASE WHEN r.status = 'finished' THEN
                r.unreadable = 0 AND NOT EXISTS (
                    SELECT FROM reconciliation_entities e
                    WHERE e.tenant_id = r.tenant_id AND e.reconciliation_id = r.id
                      AND coalesce(
                          e.remaining,
                          e.missing + e.extra + e.outdated + e.different + e.unlinked) > 0) END
            """;

    public static final Lookup<Reconciliation> LOOKUP =
            new Lookup<>(
                    "Reconciliation",
                    "SELECT r.id, "
                            + COLUMNS
                            + "FROM reconciliations r WHERE r.tenant_id = $1 AND r.id = ANY ($2)",
                    Reconciliation::read);

    private static final String PAGE_BY_CONNECTION =
            "SELECT p.id, "
                    + COLUMNS
                    + """
                    FROM unnest($2::uuid[]) AS p (id)
                    CROSS JOIN LATERAL (
                        SELECT * FROM reconciliations
                        WHERE tenant_id = $1 AND connection_id = p.id
                          AND (requested_at, id) %1$s ($3, $4)
                        ORDER BY requested_at %2$s, id %2$s
                        LIMIT $5) AS r
                    """;

    private static final String COUNT_BY_CONNECTION =
            """
            SELECT p.id, (SELECT count(*) FROM reconciliations
                          WHERE tenant_id = $1 AND connection_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    /** Those of a connection, the newest first; older ones are not kept. */
    public static final Connection<Reconciliation> OF_CONNECTION =
            Connection.newestFirst(
                    "IntegrationConnection.reconciliations",
                    PAGE_BY_CONNECTION,
                    COUNT_BY_CONNECTION,
                    Reconciliation::read,
                    Reconciliation::requestedAt,
                    Reconciliation::id);

    public Reconciliation {
        resources = List.copyOf(resources);
    }

    private static Reconciliation read(Readable row) {
        return new Reconciliation(
                Row.id(row, 1),
                Row.id(row, 2),
                Row.texts(row, 3),
                Row.flag(row, 4),
                Row.text(row, 5),
                Row.text(row, 6),
                Row.bigNumber(row, 7),
                Row.bigNumber(row, 8),
                Row.flagOrNull(row, 14),
                Row.text(row, 9),
                Row.time(row, 10),
                Row.timeOrNull(row, 11),
                Row.timeOrNull(row, 12),
                Row.textOrNull(row, 13));
    }
}
