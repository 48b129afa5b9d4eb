package io.customergraph.payment;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;

/** Reads enrollments. */
public final class Enrollments {

    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                SELECT id, customer_id, source_type, source_account, external_id,
                       customer_external_id, customer_name, customer_email, customer_phone,
                       program, status, price, currency, enrolled_at, completed_at,
                       created_at, updated_at
                FROM enrollments
                WHERE tenant_id = $1 AND customer_id = p.id AND (enrolled_at, id) %1$s ($3, $4)
                ORDER BY enrolled_at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id, (SELECT count(*) FROM enrollments
                          WHERE tenant_id = $1 AND customer_id = p.id)
            FROM unnest($2::uuid[]) AS p (id)
            """;

    private static final String BY_ID =
            """
            SELECT t.id, t.id, t.customer_id, t.source_type, t.source_account, t.external_id,
                   t.customer_external_id, t.customer_name, t.customer_email,
                   t.customer_phone, t.program, t.status, t.price, t.currency,
                   t.enrolled_at, t.completed_at, t.created_at, t.updated_at
            FROM enrollments t
            WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            """;

    /** A customer's enrollments, the newest first. */
    public static final Connection<Enrollment> OF_CUSTOMER =
            Connection.newestFirst(
                    "Customer.enrollments",
                    PAGE_BY_CUSTOMER,
                    COUNT_BY_CUSTOMER,
                    Enrollment::read,
                    Enrollment::enrolledAt,
                    Enrollment::id);

    public static final Lookup<Enrollment> LOOKUP =
            new Lookup<>("Enrollment", BY_ID, Enrollment::read);

    private Enrollments() {}
}
