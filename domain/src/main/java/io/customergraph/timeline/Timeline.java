package io.customergraph.timeline;

import io.customergraph.paging.Connection;

/** Reads timelines. */
public final class Timeline {

    /** Each source gives its own newest few by its own index; of these the newest are taken. */
    private static final String PAGE_BY_CUSTOMER =
            """
            SELECT p.id, t.*
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN LATERAL (
                (SELECT 'shopify_order' AS type, id, created_at AS at FROM shopify_orders
                 WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                   AND ($6::text[] IS NULL OR 'shopify_order' = ANY ($6))
                 ORDER BY created_at %2$s, id %2$s LIMIT $5)
                UNION ALL
                (SELECT 'support_ticket' AS type, id, created_at AS at FROM support_tickets
                 WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                   AND ($6::text[] IS NULL OR 'support_ticket' = ANY ($6))
                 ORDER BY created_at %2$s, id %2$s LIMIT $5)
                UNION ALL
                (SELECT 'appointment' AS type, id, appointment_date AS at FROM appointments
                 WHERE tenant_id = $1 AND customer_id = p.id AND (appointment_date, id) %1$s ($3, $4)
                   AND ($6::text[] IS NULL OR 'appointment' = ANY ($6))
                 ORDER BY appointment_date %2$s, id %2$s LIMIT $5)
                UNION ALL
                (SELECT 'omni_conversation' AS type, id, last_message_at AS at FROM omni_conversations
                 WHERE tenant_id = $1 AND customer_id = p.id AND (last_message_at, id) %1$s ($3, $4)
                   AND ($6::text[] IS NULL OR 'omni_conversation' = ANY ($6))
                 ORDER BY last_message_at %2$s, id %2$s LIMIT $5)
                UNION ALL
                (SELECT 'transaction' AS type, id, created_at AS at FROM transactions
                 WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                   AND ($6::text[] IS NULL OR 'transaction' = ANY ($6))
                 ORDER BY created_at %2$s, id %2$s LIMIT $5)
                UNION ALL
                (SELECT 'enrollment' AS type, id, enrolled_at AS at FROM enrollments
                 WHERE tenant_id = $1 AND customer_id = p.id AND (enrolled_at, id) %1$s ($3, $4)
                   AND ($6::text[] IS NULL OR 'enrollment' = ANY ($6))
                 ORDER BY enrolled_at %2$s, id %2$s LIMIT $5)
                UNION ALL
                (SELECT 'prospect' AS type, id, created_at AS at FROM prospects
                 WHERE tenant_id = $1 AND customer_id = p.id AND (created_at, id) %1$s ($3, $4)
                   AND ($6::text[] IS NULL OR 'prospect' = ANY ($6))
                 ORDER BY created_at %2$s, id %2$s LIMIT $5)
                ORDER BY at %2$s, id %2$s
                LIMIT $5) AS t
            """;

    private static final String COUNT_BY_CUSTOMER =
            """
            SELECT p.id,
                   (SELECT count(*) FROM shopify_orders
                      WHERE tenant_id = $1 AND customer_id = p.id
                        AND ($3::text[] IS NULL OR 'shopify_order' = ANY ($3)))
                   + (SELECT count(*) FROM support_tickets
                      WHERE tenant_id = $1 AND customer_id = p.id
                        AND ($3::text[] IS NULL OR 'support_ticket' = ANY ($3)))
                   + (SELECT count(*) FROM appointments
                      WHERE tenant_id = $1 AND customer_id = p.id
                        AND ($3::text[] IS NULL OR 'appointment' = ANY ($3)))
                   + (SELECT count(*) FROM omni_conversations
                      WHERE tenant_id = $1 AND customer_id = p.id
                        AND ($3::text[] IS NULL OR 'omni_conversation' = ANY ($3)))
                   + (SELECT count(*) FROM transactions
                      WHERE tenant_id = $1 AND customer_id = p.id
                        AND ($3::text[] IS NULL OR 'transaction' = ANY ($3)))
                   + (SELECT count(*) FROM enrollments
                      WHERE tenant_id = $1 AND customer_id = p.id
                        AND ($3::text[] IS NULL OR 'enrollment' = ANY ($3)))
                   + (SELECT count(*) FROM prospects
                      WHERE tenant_id = $1 AND customer_id = p.id
                        AND ($3::text[] IS NULL OR 'prospect' = ANY ($3)))
            FROM unnest($2::uuid[]) AS p (id)
            """;

    /** The newest first. */
    public static final Connection<TimelineEntry> OF_CUSTOMER =
            Connection.newestFirst(
                            "Customer.timeline",
                            PAGE_BY_CUSTOMER,
                            COUNT_BY_CUSTOMER,
                            TimelineEntry::read,
                            TimelineEntry::at,
                            TimelineEntry::id)
                    .ofKinds();

    private Timeline() {}
}
