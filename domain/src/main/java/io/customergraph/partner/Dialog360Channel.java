package io.customergraph.partner;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A WhatsApp number of a company under 360dialog.
 *
 * @param clientUuid of its client
 * @param connectionId the account whose deliveries are its messages and that keeps its API key
 * @param channelId the hub's id of it
 * @param phoneNumber E.164
 * @param status created, submitted, ready, running, live, cancellation_requested or cancelled
 * @param qualityRating green, yellow, red or unknown
 * @param messagingLimit tier_50 to tier_unlimited; null where it was not told
 */
public record Dialog360Channel(
        UUID id,
        UUID clientUuid,
        @Nullable UUID connectionId,
        String channelId,
        @Nullable String phoneNumber,
        @Nullable String wabaId,
        @Nullable String displayName,
        String status,
        String qualityRating,
        @Nullable String messagingLimit,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLUMNS =
            """
             c.id, c.dialog_360_client_id, c.connection_id, c.channel_id, c.phone_number, c.waba_id,
             c.display_name, c.status, c.quality_rating, c.messaging_limit, c.version, c.created_at,
             c.updated_at
            """;

    public static final Lookup<Dialog360Channel> LOOKUP =
            new Lookup<>(
                    "Dialog360Channel",
                    "SELECT c.id,"
                            + COLUMNS
                            + "FROM dialog_360_channels c"
                            + " WHERE c.tenant_id = $1 AND c.id = ANY ($2)",
                    Dialog360Channel::read);

    /** A client's channels, the newest first. */
    public static final Connection<Dialog360Channel> OF_CLIENT =
            Connection.newestFirst(
                    "Dialog360Client.channels",
                    "SELECT p.id, c.* FROM unnest($2::uuid[]) AS p (id) CROSS JOIN LATERAL (SELECT"
                            + COLUMNS
                            + """
                            FROM dialog_360_channels c
                            WHERE c.tenant_id = $1 AND c.dialog_360_client_id = p.id
                              AND (c.created_at, c.id) %1$s ($3, $4)
                            ORDER BY c.created_at %2$s, c.id %2$s
                            LIMIT $5) AS c
                            """,
                    """
                    SELECT p.id, (SELECT count(*) FROM dialog_360_channels
                                  WHERE tenant_id = $1 AND dialog_360_client_id = p.id)
                    FROM unnest($2::uuid[]) AS p (id)
                    """,
                    Dialog360Channel::read,
                    Dialog360Channel::createdAt,
                    Dialog360Channel::id);

    static Dialog360Channel read(Readable row) {
        return new Dialog360Channel(
                Row.id(row, 1),
                Row.id(row, 2),
                Row.idOrNull(row, 3),
                Row.text(row, 4),
                Row.textOrNull(row, 5),
                Row.textOrNull(row, 6),
                Row.textOrNull(row, 7),
                Row.text(row, 8),
                Row.text(row, 9),
                Row.textOrNull(row, 10),
                Row.bigNumber(row, 11),
                Row.time(row, 12),
                Row.time(row, 13));
    }
}
