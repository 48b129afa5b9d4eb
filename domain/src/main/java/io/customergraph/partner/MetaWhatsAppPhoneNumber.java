package io.customergraph.partner;

import io.customergraph.paging.Connection;
import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A number of a company's WhatsApp business account.
 *
 * @param clientUuid of its account
 * @param phoneNumber E.164
 * @param nameStatus pending, approved, declined or unknown
 * @param status unverified, code_requested, verified, connected, flagged or disconnected
 * @param qualityRating green, yellow, red or unknown
 * @param messagingLimit tier_50 to tier_unlimited; null where it was not told
 */
public record MetaWhatsAppPhoneNumber(
        UUID id,
        UUID clientUuid,
        String phoneNumberId,
        String phoneNumber,
        @Nullable String verifiedName,
        String nameStatus,
        String status,
        String qualityRating,
        @Nullable String messagingLimit,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLUMNS =
            """
             c.id, c.meta_whatsapp_client_id, c.phone_number_id, c.phone_number, c.verified_name,
             c.name_status, c.status, c.quality_rating, c.messaging_limit, c.version, c.created_at,
             c.updated_at
            """;

    public static final Lookup<MetaWhatsAppPhoneNumber> LOOKUP =
            new Lookup<>(
                    "MetaWhatsAppPhoneNumber",
                    "SELECT c.id,"
                            + COLUMNS
                            + "FROM meta_whatsapp_phone_numbers c"
                            + " WHERE c.tenant_id = $1 AND c.id = ANY ($2)",
                    MetaWhatsAppPhoneNumber::read);

    /** An account's numbers, the newest first. */
    public static final Connection<MetaWhatsAppPhoneNumber> OF_CLIENT =
            Connection.newestFirst(
                    "MetaWhatsAppClient.phoneNumbers",
                    "SELECT p.id, c.* FROM unnest($2::uuid[]) AS p (id) CROSS JOIN LATERAL (SELECT"
                            + COLUMNS
                            + """
                            FROM meta_whatsapp_phone_numbers c
                            WHERE c.tenant_id = $1 AND c.meta_whatsapp_client_id = p.id
                              AND (c.created_at, c.id) %1$s ($3, $4)
                            ORDER BY c.created_at %2$s, c.id %2$s
                            LIMIT $5) AS c
                            """,
                    """
                    SELECT p.id, (SELECT count(*) FROM meta_whatsapp_phone_numbers
                                  WHERE tenant_id = $1 AND meta_whatsapp_client_id = p.id)
                    FROM unnest($2::uuid[]) AS p (id)
                    """,
                    MetaWhatsAppPhoneNumber::read,
                    MetaWhatsAppPhoneNumber::createdAt,
                    MetaWhatsAppPhoneNumber::id);

    static MetaWhatsAppPhoneNumber read(Readable row) {
        return new MetaWhatsAppPhoneNumber(
                Row.id(row, 1),
                Row.id(row, 2),
                Row.text(row, 3),
                Row.text(row, 4),
                Row.textOrNull(row, 5),
                Row.text(row, 6),
                Row.text(row, 7),
                Row.text(row, 8),
                Row.textOrNull(row, 9),
                Row.bigNumber(row, 10),
                Row.time(row, 11),
                Row.time(row, 12));
    }
}
