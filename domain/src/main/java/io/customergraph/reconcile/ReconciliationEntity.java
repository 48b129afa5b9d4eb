package io.customergraph.reconcile;

import io.customergraph.paging.Listing;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;

/**
 * What a run found of one sort of record.
 *
 * @param type as the database names it: {@code support_ticket} …
 * @param isWhole whether what a complete reading does not have is too much here
 * @param sourceChecksum over ids and contents, in hexadecimal digits, whatever the order
 * @param notCompared changed or came since the run began, or cannot be told to be too much
 * @param remaining differences after the repair; null where there was none
 */
public record ReconciliationEntity(
        String type,
        boolean isWhole,
        long sourceCount,
        long count,
        String sourceChecksum,
        String checksum,
        long notCompared,
        long missing,
        long extra,
        long outdated,
        long different,
        long unlinked,
        @Nullable Long remaining) {

    private static final String COLUMNS =
            """
            e.record_type, e.is_whole, e.source_count, e.count, e.source_high, e.source_low, e.high,
            e.low, e.not_compared, e.missing, e.extra, e.outdated, e.different, e.unlinked,
            e.remaining
            """;

    /** Those of a run, by type; there are as many as types. */
    public static final Listing<ReconciliationEntity> OF_RECONCILIATION =
            new Listing<>(
                    "Reconciliation.entities",
                    "SELECT p.id, "
                            + COLUMNS
                            + """
                            FROM unnest($2::uuid[]) AS p (id)
                            CROSS JOIN LATERAL (
                                SELECT * FROM reconciliation_entities
                                WHERE tenant_id = $1 AND reconciliation_id = p.id
                                ORDER BY record_type
                                LIMIT 50) AS e
                            ORDER BY e.record_type
                            """,
                    ReconciliationEntity::read);

    static final String OF_RUN =
            "SELECT e.reconciliation_id, "
                    + COLUMNS
                    + """
                    FROM reconciliation_entities e
                    WHERE e.tenant_id = :tenant AND e.reconciliation_id = :id
                    ORDER BY e.record_type
                    """;

    /** All differences that were found. */
    public long differences() {
        return missing + extra + outdated + different + unlinked;
    }

    /**
     * What is here and should not be is most of it: more likely the source is not to be trusted.
     */
    boolean hasTooManyExtra() {
        return extra * 2 > count;
    }

    static ReconciliationEntity read(Readable row) {
        return new ReconciliationEntity(
                Row.text(row, 1),
                Row.flag(row, 2),
                Row.bigNumber(row, 3),
                Row.bigNumber(row, 4),
                checksum(Row.bigNumber(row, 5), Row.bigNumber(row, 6)),
                checksum(Row.bigNumber(row, 7), Row.bigNumber(row, 8)),
                Row.bigNumber(row, 9),
                Row.bigNumber(row, 10),
                Row.bigNumber(row, 11),
                Row.bigNumber(row, 12),
                Row.bigNumber(row, 13),
                Row.bigNumber(row, 14),
                Row.bigNumberOrNull(row, 15));
    }

    private static String checksum(long high, long low) {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
