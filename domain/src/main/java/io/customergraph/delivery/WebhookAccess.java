package io.customergraph.delivery;

import io.customergraph.paging.Listing;
import io.customergraph.paging.Row;

import java.time.Instant;

/**
 * That the body of a delivery was read, or deleted.
 *
 * @param actor a key or a user, or {@code system}
 * @param purpose the code of an {@link AccessPurpose}
 */
public record WebhookAccess(String actor, String purpose, Instant accessedAt) {

    /** The last 100 of a delivery, the newest first. */
    public static final Listing<WebhookAccess> OF_EVENT =
            new Listing<>(
                    "IntegrationEvent.accesses",
                    """
                    SELECT p.id, a.actor, a.purpose, a.accessed_at
                    FROM unnest($2::uuid[]) AS p (id)
                    CROSS JOIN LATERAL (
                        SELECT l.id, l.actor, l.purpose, l.accessed_at
                        FROM webhook_access_logs l
                        WHERE l.tenant_id = $1 AND l.event_id = p.id
                        ORDER BY l.accessed_at DESC, l.id DESC
                        LIMIT 100) AS a
                    ORDER BY a.accessed_at DESC, a.id DESC
                    """,
                    row -> new WebhookAccess(Row.text(row, 1), Row.text(row, 2), Row.time(row, 3)));
}
