package io.customergraph.partner;

import io.customergraph.change.AuditLog;
import io.customergraph.id.TimeOrderedId;
import io.customergraph.paging.Row;
import io.customergraph.sql.SqlText;
import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Writes the tenant's companies and numbers under partner programmes, as the provider just told of
 * them; each write is in the audit log. What another tenant has registered is not written.
 */
public final class PartnerWrites {

    private static final String CLIENT_OF_360DIALOG =
            """
            INSERT INTO dialog_360_clients AS c (tenant_id, id, client_id, name, status)
            VALUES (:tenant, :id, :external, :name, :status)
            ON CONFLICT (client_id) DO UPDATE SET
                name = excluded.name, status = excluded.status, version = c.version + 1,
                updated_at = now()
            WHERE c.tenant_id = :tenant
            RETURNING c.id
            """;

    private static final String CHANNEL =
            """
            INSERT INTO dialog_360_channels AS c (
                tenant_id, id, dialog_360_client_id, channel_id, connection_id, phone_number,
                waba_id, display_name, status, status_at)
            VALUES (:tenant, :id, :client, :external, :connection, :phone, :waba, :name, :status,
                    now())
            ON CONFLICT (channel_id) DO UPDATE SET
                connection_id = coalesce(excluded.connection_id, c.connection_id),
                phone_number = coalesce(excluded.phone_number, c.phone_number),
                waba_id = coalesce(excluded.waba_id, c.waba_id),
                display_name = coalesce(excluded.display_name, c.display_name),
                status = excluded.status, status_at = excluded.status_at,
                version = c.version + 1, updated_at = now()
            WHERE c.tenant_id = :tenant AND c.dialog_360_client_id = :client
            RETURNING c.id
            """;

    private static final String CLIENT_OF_META =
            """
            INSERT INTO meta_whatsapp_clients AS c (
                tenant_id, id, connection_id, waba_id, business_id, name, status, review_status,
                is_subscribed, status_at, review_at)
            VALUES (:tenant, :id, :connection, :external, :business, :name, 'active', :review, true,
                    now(), now())
            ON CONFLICT (waba_id) DO UPDATE SET
                connection_id = excluded.connection_id,
                business_id = coalesce(excluded.business_id, c.business_id), name = excluded.name,
                review_status = excluded.review_status, review_at = excluded.review_at,
                is_subscribed = true, version = c.version + 1, updated_at = now()
            WHERE c.tenant_id = :tenant
            RETURNING c.id
            """;

    /** What was told by webhook of a later time would be older than this answer: now. */
    private static final String NUMBER_OF_META =
            """
            INSERT INTO meta_whatsapp_phone_numbers AS c (
                tenant_id, id, meta_whatsapp_client_id, phone_number_id, phone_number,
                verified_name, name_status, status, quality_rating, messaging_limit, status_at,
                quality_at, limit_at, name_at)
            VALUES (:tenant, :id, :client, :external, :phone, :name, :nameStatus, :status, :quality,
                    :limit, now(), now(), now(), now())
            ON CONFLICT (phone_number_id) DO UPDATE SET
                verified_name = excluded.verified_name, name_status = excluded.name_status,
                status = excluded.status, quality_rating = excluded.quality_rating,
                messaging_limit = coalesce(excluded.messaging_limit, c.messaging_limit),
                status_at = now(), quality_at = now(), limit_at = now(), name_at = now(),
                version = c.version + 1, updated_at = now()
            WHERE c.tenant_id = :tenant AND c.meta_whatsapp_client_id = :client
            RETURNING c.id
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final AuditLog audit;

    public PartnerWrites(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
        this.audit = new AuditLog(database);
    }

    /** A number as Meta told of it. */
    public record NumberState(
            String phoneNumberId,
            String phoneNumber,
            @Nullable String verifiedName,
            String nameStatus,
            String status,
            String qualityRating,
            @Nullable String messagingLimit) {}

    /** A channel as the hub told of it. */
    public record ChannelState(
            String channelId,
            @Nullable String phoneNumber,
            @Nullable String wabaId,
            @Nullable String displayName,
            String status) {}

    /** Registers a client; empty where it is another tenant's. */
    public Mono<UUID> dialog360Client(String clientId, String name, String status) {
        return write(
                "registerDialog360Client",
                "dialog_360_client",
                CLIENT_OF_360DIALOG,
                clientId,
                row -> row.bind("name", name).bind("status", status));
    }

    /** Registers a channel or keeps what changed of it; empty where it is another's. */
    public Mono<UUID> channel(
            String action, UUID client, @Nullable UUID connection, ChannelState channel) {
        return write(
                action,
                "dialog_360_channel",
                CHANNEL,
                channel.channelId,
                row ->
                        row.bind("client", client)
                                .bind("connection", id(connection))
                                .bind("phone", SqlText.of(channel.phoneNumber))
                                .bind("waba", SqlText.of(channel.wabaId))
                                .bind("name", SqlText.of(channel.displayName))
                                .bind("status", channel.status));
    }

    /** Registers a business account; empty where it is another tenant's. */
    public Mono<UUID> metaClient(
            UUID connection,
            String wabaId,
            @Nullable String businessId,
            String name,
            String reviewStatus) {
        return write(
                "registerMetaWhatsAppClient",
                "meta_whatsapp_client",
                CLIENT_OF_META,
                wabaId,
                row ->
                        row.bind("connection", connection)
                                .bind("business", SqlText.of(businessId))
                                .bind("name", name)
                                .bind("review", reviewStatus));
    }

    /** Registers a number or keeps what changed of it; empty where it is another's. */
    public Mono<UUID> metaNumber(String action, UUID client, NumberState number) {
        return write(
                action,
                "meta_whatsapp_phone_number",
                NUMBER_OF_META,
                number.phoneNumberId,
                row ->
                        row.bind("client", client)
                                .bind("phone", number.phoneNumber)
                                .bind("name", SqlText.of(number.verifiedName))
                                .bind("nameStatus", number.nameStatus)
                                .bind("status", number.status)
                                .bind("quality", number.qualityRating)
                                .bind("limit", SqlText.of(number.messagingLimit)));
    }

    private Mono<UUID> write(
            String action,
            String subject,
            String sql,
            String externalId,
            UnaryOperator<GenericExecuteSpec> bind) {
        return TenantContext.caller()
                .flatMap(
                        caller ->
                                bind.apply(
                                                database.sql(sql)
                                                        .bind("tenant", caller.tenant().value())
                                                        .bind("id", TimeOrderedId.next())
                                                        .bind("external", externalId))
                                        .map(row -> Row.id(row, 0))
                                        .one()
                                        .flatMap(id -> noted(caller, action, subject, id))
                                        .as(transaction::transactional))
                .onErrorResume(DuplicateKeyException.class, taken -> Mono.empty())
                // The row of another tenant is not seen, so that its update is refused.
                .onErrorResume(PermissionDeniedDataAccessException.class, taken -> Mono.empty());
    }

    private Mono<UUID> noted(Caller caller, String action, String subject, UUID id) {
        return audit.add(caller, action, subject, id, Map.of()).thenReturn(id);
    }

    private static Parameter id(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
    }
}
