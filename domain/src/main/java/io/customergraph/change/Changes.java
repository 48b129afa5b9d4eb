package io.customergraph.change;

import io.customergraph.paging.Cursor;
import io.customergraph.paging.PageRequest;
import io.customergraph.paging.Row;
import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;

/**
 * Reads the outbox in the order (transaction, sequence), and only below the oldest transaction that
 * still runs: one that began earlier and commits later is never passed over.
 */
public final class Changes {

    private static final String AFTER =
            """
            SELECT transaction_id::text::bigint, sequence, kind, customer_id, other_customer_id,
                   CASE jsonb_typeof(detail -> 'fields') WHEN 'array'
                        THEN ARRAY(SELECT jsonb_array_elements_text(detail -> 'fields'))
                        ELSE '{}' END,
                   occurred_at
            FROM change_events
            WHERE tenant_id = :tenant
              AND (transaction_id, sequence) > (:transaction::text::xid8, :sequence)
              AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY transaction_id, sequence
            LIMIT :limit
            """;

    private static final Cursor START = new Cursor(0, new UUID(0, 0));

    private final DatabaseClient database;

    public Changes(DatabaseClient database) {
        this.database = database;
    }

    /** Whether a change could be there. */
    public static boolean isPlace(Cursor cursor) {
        return cursor.key() >= 0
                && cursor.id().getMostSignificantBits() == 0
                && cursor.id().getLeastSignificantBits() >= 0;
    }

    /** Up to one more than the limit, after the cursor; from the beginning without one. */
    public Mono<List<Change>> after(PageRequest page) {
        Cursor given = page.cursor();
        Cursor from = given == null ? START : given;
        return TenantContext.tenant()
                .flatMap(
                        tenant ->
                                database.sql(AFTER)
                                        .bind("tenant", tenant.value())
                                        .bind("transaction", Long.toString(from.key()))
                                        .bind("sequence", from.id().getLeastSignificantBits())
                                        .bind("limit", page.limit() + 1)
                                        .map(Changes::read)
                                        .all()
                                        .collectList());
    }

    private static Change read(Readable row) {
        return new Change(
                new Cursor(Row.bigNumber(row, 0), new UUID(0, Row.bigNumber(row, 1))),
                Row.text(row, 2),
                Row.id(row, 3),
                Row.idOrNull(row, 4),
                Row.texts(row, 5),
                Row.time(row, 6));
    }
}
