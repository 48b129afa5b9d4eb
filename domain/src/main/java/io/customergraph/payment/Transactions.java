package io.customergraph.payment;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads payments. */
public final class Transactions {

    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, customer_id, source_type, source_account, external_id,
                       customer_external_id, customer_name, customer_email, customer_phone,
                       status, amount, refunded_amount, currency, payment_method,
                       description, shopify_order_id, paid_at, created_at, updated_at,
                       invoice_id
                FROM transactions
                WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                ORDER BY created_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM transactions
                          WHERE tenant_id = $1 AND customer_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.customer_id, t.source_type, t.source_account, t.external_id,
                   t.customer_external_id, t.customer_name, t.customer_email,
                   t.customer_phone, t.status, t.amount, t.refunded_amount, t.currency,
                   t.payment_method, t.description, t.shopify_order_id, t.paid_at,
                   t.created_at, t.updated_at, t.invoice_id
            FROM transactions t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** A customer's payments, the newest first. */
    public static final Connection<Transaction> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.transactions",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    Transaction::read,
                    Transaction::createdAt,
                    Transaction::id);

    public static final Lookup<Transaction> LOOKUP =
            new Lookup<>("Transaction", BY_ID, Transaction::read);

    private Transactions() {}
}
