package io.customergraph.integration;

import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A tenant's account with a provider.
 *
 * @param provider the short name
 * @param account the provider's name of it, normalised; records from there carry it
 * @param settings what the form asks for and is no secret, by field
 * @param healthProblem why the last check failed, as a code; null where it did not
 * @param version grows with each change by a caller, and not with checks of health
 */
public record IntegrationConnection(
        UUID id,
        String provider,
        String name,
        String environment,
        String account,
        String status,
        Map<String, String> settings,
        List<String> grantedScopes,
        String health,
        @Nullable String healthProblem,
        @Nullable Instant healthCheckedAt,
        @Nullable Instant lastSuccessAt,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant disconnectedAt) {

    static final String COLUMNS =
            """
            c.id, c.provider, c.name, c.environment, c.account, c.status, c.settings::text,
            c.granted_scopes, c.health, c.health_problem, c.health_checked_at, c.last_success_at,
            c.version, c.created_at, c.updated_at, c.disconnected_at
            """;

    public static final Lookup<IntegrationConnection> LOOKUP =
            new Lookup<>(
                    "IntegrationConnection",
                    "SELECT c.id, "
                            + COLUMNS
                            + "FROM integration_connections c"
                            + " WHERE c.tenant_id = $1 AND c.id = ANY ($2)",
                    IntegrationConnection::read);

    public IntegrationConnection {
        settings = Map.copyOf(settings);
        grantedScopes = List.copyOf(grantedScopes);
    }

    /** Reads a row whose columns are {@code parent} and then {@link #COLUMNS}. */
    static IntegrationConnection read(Readable row) {
        return new IntegrationConnection(
                Row.id(row, 1),
                Row.text(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.text(row, 5),
                Row.text(row, 6),
                ConnectionSettings.read(Row.text(row, 7)),
                Row.texts(row, 8),
                Row.text(row, 9),
                Row.textOrNull(row, 10),
                Row.timeOrNull(row, 11),
                Row.timeOrNull(row, 12),
                Row.bigNumber(row, 13),
                Row.time(row, 14),
                Row.time(row, 15),
                Row.timeOrNull(row, 16));
    }

    /** Whether calls may be made for it. */
    public boolean isConnected() {
        return status.equals("active") || status.equals("paused");
    }

    /** Whether webhooks are taken: an owner who took the app out is owed what comes after it. */
    public boolean takesDeliveries() {
        return isConnected() || status.equals("uninstalled");
    }

    /** Whether it is at work only after the provider's consent, for the first time or anew. */
    boolean waitsForConsent() {
        return status.equals("pending") || status.equals("uninstalled");
    }
}
