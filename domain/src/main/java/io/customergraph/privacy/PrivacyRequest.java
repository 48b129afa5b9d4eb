package io.customergraph.privacy;

import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that a person asked for, or a provider for them.
 *
 * @param kind export, erase_customer or erase_account
 * @param status waiting, searching (the rows are erased, and bodies of deliveries are looked
 *     through) or done
 * @param connection whose provider asked; null where somebody here did
 * @param customer whom it is about; null where nobody here was, or of an account
 * @param dueAt by when the law wants it done: 30 days
 * @param recordsStripped orders, payments and enrollments that stay without the person
 */
public record PrivacyRequest(
        UUID id,
        String kind,
        String status,
        @Nullable UUID connection,
        @Nullable UUID customer,
        String requestedBy,
        Instant requestedAt,
        Instant dueAt,
        long recordsDeleted,
        long recordsStripped,
        long bodiesDeleted,
        @Nullable Instant erasedAt,
        @Nullable Instant finishedAt) {

    static final String COLUMNS =
            """
            r.id, r.kind, r.status, r.connection_id, r.customer_id, r.actor, r.requested_at,
            r.due_at, r.records_deleted, r.records_stripped, r.bodies_deleted, r.erased_at,
            r.finished_at
            """;

    public static final Lookup<PrivacyRequest> LOOKUP =
            new Lookup<>(
                    "PrivacyRequest",
                    "SELECT r.id, "
                            + COLUMNS
                            + "FROM privacy_requests r WHERE r.tenant_id = $1 AND r.id = ANY ($2)",
                    PrivacyRequest::read);

    /** Reads a row whose columns are the id and then {@link #COLUMNS}. */
    static PrivacyRequest read(Readable row) {
        return new PrivacyRequest(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                Row.idOrNull(row, 4),
                Row.idOrNull(row, 5),
                Row.text(row, 6),
                Row.time(row, 7),
                Row.time(row, 8),
                Row.bigNumber(row, 9),
                Row.bigNumber(row, 10),
                Row.bigNumber(row, 11),
                Row.timeOrNull(row, 12),
                Row.timeOrNull(row, 13));
    }
}
