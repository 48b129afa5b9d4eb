package io.customergraph.integration;

import io.customergraph.paging.Listing;
import io.customergraph.paging.Row;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * That a secret is kept, and which: never the secret.
 *
 * @param field of the provider's form
 * @param lastFour its last four characters; null where it is too short to show any
 * @param setAt when it was given
 * @param validUntil of one that was replaced: how long it is still good; null for the current one
 * @param expiresAt when the provider ends it; null where it does not say
 */
public record StoredCredential(
        String field,
        @Nullable String lastFour,
        Instant setAt,
        @Nullable Instant validUntil,
        @Nullable Instant expiresAt) {

    /** Those of a connection that are good, at most 50. */
    public static final Listing<StoredCredential> OF_CONNECTION =
            new Listing<>(
                    "IntegrationConnection.credentials",
                    """
                    SELECT p.id, s.field, s.last_four, s.created_at, s.valid_until, s.expires_at
                    FROM unnest($2::uuid[]) AS p (id)
                    CROSS JOIN LATERAL (
                        SELECT * FROM integration_secrets s
                        WHERE s.tenant_id = $1 AND s.connection_id = p.id
                          AND (s.valid_until IS NULL OR s.valid_until > now())
                        ORDER BY s.field, s.created_at DESC
                        LIMIT 50) AS s
                    ORDER BY s.field, s.valid_until DESC NULLS FIRST
                    """,
                    row ->
                            new StoredCredential(
                                    Row.text(row, 1),
                                    Row.textOrNull(row, 2),
                                    Row.time(row, 3),
                                    Row.timeOrNull(row, 4),
                                    Row.timeOrNull(row, 5)));
}
