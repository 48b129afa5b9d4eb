package io.customergraph.payment;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads refunds of payments. */
public final class TransactionRefunds {

    /** Refunds name their payment by either of its ids; the first few of each list are enough. */
    private static final String PAGE_BY_TRANSACTION =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            JOIN transactions o ON o.tenant_id = $1 AND o.id = p.id
            CROSS JOIN LATERAL (
                (SELECT f.id, f.source_type, f.source_account, f.external_id,
                        f.payment_external_id, o.id AS transaction_id, f.status, f.amount,
                        f.currency, f.created_at, f.updated_at
                 FROM transaction_refunds f
                 WHERE f.tenant_id = $1 AND f.source_type = o.source_type
                   AND f.source_account = o.source_account
                   AND f.payment_external_id = o.external_id
                   AND (f.created_at, f.id) %1$s ($3, $4)
                 ORDER BY f.created_at %2$s, f.id %2$s
                 LIMIT $5)
                UNION ALL
                (SELECT f.id, f.source_type, f.source_account, f.external_id,
                        f.payment_external_id, o.id, f.status, f.amount, f.currency,
                        f.created_at, f.updated_at
                 FROM transaction_refunds f
                 WHERE f.tenant_id = $1 AND f.source_type = o.source_type
                   AND f.source_account = o.source_account
                   AND f.payment_external_id = o.also_known_as
                   AND o.also_known_as <> o.external_id
                   AND (f.created_at, f.id) %1$s ($3, $4)
                 ORDER BY f.created_at %2$s, f.id %2$s
                 LIMIT $5)
                ORDER BY created_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_TRANSACTION =
            """
            SELECT o.id, (SELECT count(*) FROM transaction_refunds f
                          WHERE f.tenant_id = $1 AND f.source_type = o.source_type
                            AND f.source_account = o.source_account
                            AND f.payment_external_id IN (o.external_id, o.also_known_as))
            FROM transactions o
            WHERE o.tenant_id = $1 AND o.id = ANY ($2)
            """;

    private static final String BY_ID =
            """
            SELECT f.id, f.id, f.source_type, f.source_account, f.external_id,
                   f.payment_external_id,
                   coalesce(
                       (SELECT coalesce(t.invoice_id, t.id) FROM transactions t
                        WHERE t.tenant_id = $1 AND t.source_type = f.source_type
                          AND t.source_account = f.source_account
                          AND t.external_id = f.payment_external_id),
                       (SELECT coalesce(t.invoice_id, t.id) FROM transactions t
                        WHERE t.tenant_id = $1 AND t.source_type = f.source_type
                          AND t.source_account = f.source_account
                          AND t.also_known_as = f.payment_external_id
                        ORDER BY t.id
                        LIMIT 1)),
                   f.status, f.amount, f.currency, f.created_at, f.updated_at
            FROM transaction_refunds f
            WHERE f.tenant_id = $1 AND f.id = ANY ($2)
            """;

    /** A payment's refunds, the newest first. */
    public static final Connection<TransactionRefund> OF_TRANSACTION =
            Connection.newestFirst(
                    "Transaction.refunds",
                    PAGE_BY_TRANSACTION,
                    COUNT_BY_TRANSACTION,
                    TransactionRefund::read,
                    TransactionRefund::createdAt,
                    TransactionRefund::id);

    public static final Lookup<TransactionRefund> LOOKUP =
            new Lookup<>("TransactionRefund", BY_ID, TransactionRefund::read);

    private TransactionRefunds() {}
}
