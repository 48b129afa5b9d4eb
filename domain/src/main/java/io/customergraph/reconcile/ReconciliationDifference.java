package io.customergraph.reconcile;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A record that is not here as it is at its source.
 *
 * @param type as the database names it
 * @param externalId the source's id of it
 * @param kind {@code missing}, {@code extra}, {@code outdated}, {@code different} or {@code
 *     unlinked}
 * @param problem why the repair left it, as a code; null where it did not, or there was none
 */
public record ReconciliationDifference(
        UUID id,
        int position,
        String type,
        String externalId,
        String kind,
        @Nullable String problem,
        @Nullable Instant repairedAt) {

    private static final String PAGE =
            """
            SELECT p.id, d.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, position, record_type, external_id, kind, problem, repaired_at
                FROM reconciliation_differences
                WHERE tenant_id = $1 AND reconciliation_id = p.id
                  AND (position, id) %1$s ($3, $4)
                ORDER BY position %2$s, id %2$s
                LIMIT $5) AS d
            """;

    private static final String COUNT =
            """
            SELECT p.id, (SELECT count(*) FROM reconciliation_differences
                          WHERE tenant_id = $1 AND reconciliation_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    /** Those of a run that are kept, as they were found. */
    public static final Connection<ReconciliationDifference> OF_RECONCILIATION =
            Connection.inSequence(
                    "Reconciliation.differences",
                    PAGE,
                    COUNT,
                    ReconciliationDifference::read,
                    ReconciliationDifference::position,
                    ReconciliationDifference::id);

    private static ReconciliationDifference read(Readable row) {
        return new ReconciliationDifference(
                Row.id(row, 1),
                Row.number(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.textOrNull(row, 6),
                Row.timeOrNull(row, 7));
    }
}
