package io.customergraph.partner;

import io.customergraph.paging.Lookup;
import io.customergraph.paging.Row;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * The company's WhatsApp business account under the platform's place as a Tech Provider of Meta.
 *
 * @param connectionId the account that keeps its access token
 * @param businessId the portfolio, within which a person has one business-scoped id
 * @param status pending, active, restricted or disabled
 * @param reviewStatus pending, approved, rejected or deferred
 * @param isSubscribed whether the platform's app receives its webhooks
 */
public record MetaWhatsAppClient(
        UUID id,
        UUID connectionId,
        String wabaId,
        @Nullable String businessId,
        String name,
        String status,
        String reviewStatus,
        boolean isSubscribed,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLUMNS =
            """
             c.id, c.connection_id, c.waba_id, c.business_id, c.name, c.status, c.review_status,
             c.is_subscribed, c.version, c.created_at, c.updated_at
            """;

    public static final Lookup<MetaWhatsAppClient> LOOKUP =
            new Lookup<>(
                    "MetaWhatsAppClient",
                    "SELECT c.id,"
                            + COLUMNS
                            + "FROM meta_whatsapp_clients c"
                            + " WHERE c.tenant_id = $1 AND c.id = ANY ($2)",
                    MetaWhatsAppClient::read);

    static MetaWhatsAppClient read(Readable row) {
        return new MetaWhatsAppClient(
                Row.id(row, 1),
                Row.id(row, 2),
                Row.text(row, 3),
                Row.textOrNull(row, 4),
                Row.text(row, 5),
                Row.text(row, 6),
                Row.text(row, 7),
                Row.flag(row, 8),
                Row.bigNumber(row, 9),
                Row.time(row, 10),
                Row.time(row, 11));
    }
}
