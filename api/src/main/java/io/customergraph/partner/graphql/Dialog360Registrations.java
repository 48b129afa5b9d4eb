package io.customergraph.partner.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.paging.GraphReads;
import io.customergraph.partner.Dialog360Channel;
import io.customergraph.partner.Dialog360Client;
import io.customergraph.partner.PartnerWrites;
import io.customergraph.provider.partner.Dialog360Hub;
import io.customergraph.secret.ConnectionSecrets;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Registers clients and channels as 360dialog's hub tells of them. */
@Component
final class Dialog360Registrations {

    private final Dialog360Hub hub;
    private final PartnerWrites writes;
    private final GraphReads reads;
    private final ConnectionAccess access;
    private final ConnectionSecrets secrets;
    private final TransactionalOperator transaction;

    Dialog360Registrations(
            Dialog360Hub hub,
            PartnerWrites writes,
            GraphReads reads,
            ConnectionAccess access,
            ConnectionSecrets secrets,
            TransactionalOperator transaction) {
        this.hub = hub;
        this.writes = writes;
        this.reads = reads;
        this.access = access;
        this.secrets = secrets;
        this.transaction = transaction;
    }

    Mono<Registered> client(String clientId) {
        return Registered.of(
                hub.client(clientId)
                        .flatMap(
                                told ->
                                        writes.dialog360Client(
                                                clientId, shortened(told.name()), told.status()))
                        .<Registered>map(Registered.Done::new)
                        .switchIfEmpty(Registered.taken("clientId")),
                "clientId");
    }

    Mono<Registered> register(
            UUID client, String channelId, @Nullable UUID connection, boolean newApiKey) {
        return reads.lookup(Dialog360Client.LOOKUP, List.of(client))
                .mapNotNull(found -> found.get(client))
                .flatMap(
                        one ->
                                keep(
                                        "registerDialog360Channel",
                                        one,
                                        channelId,
                                        connection,
                                        newApiKey))
                .switchIfEmpty(notFound("clientId"));
    }

    Mono<Registered> update(UUID channel, @Nullable UUID connection, boolean newApiKey) {
        return reads.lookup(Dialog360Channel.LOOKUP, List.of(channel))
                .mapNotNull(found -> found.get(channel))
                .flatMap(
                        one ->
                                reads.lookup(Dialog360Client.LOOKUP, List.of(one.clientUuid()))
                                        .mapNotNull(found -> found.get(one.clientUuid()))
                                        .flatMap(
                                                client ->
                                                        keep(
                                                                "updateDialog360Channel",
                                                                client,
                                                                one.channelId(),
                                                                connection == null
                                                                        ? one.connectionId()
                                                                        : connection,
                                                                newApiKey)))
                .switchIfEmpty(notFound("id"));
    }

    private Mono<Registered> keep(
            String action,
            Dialog360Client client,
            String channelId,
            @Nullable UUID connection,
            boolean newApiKey) {
        if (connection == null) {
            return newApiKey
                    ? Mono.just(
                            Registered.refused(
                                    UserError.Code.REQUIRED,
                                    "connectionId",
                                    "Name the connection that is to keep the API key"))
                    : write(action, client, channelId, null);
        }
        return access.open(connection)
                .filter(open -> open.provider().provider().equals("dialog_360"))
                .flatMap(open -> write(action, client, channelId, connection))
                .flatMap(
                        done ->
                                newApiKey && done instanceof Registered.Done
                                        ? Registered.of(
                                                newKey(connection, channelId).thenReturn(done),
                                                "newApiKey")
                                        : Mono.just(done))
                .switchIfEmpty(notFound("connectionId"));
    }

    private Mono<Registered> write(
            String action, Dialog360Client client, String channelId, @Nullable UUID connection) {
        return Registered.of(
                hub.channel(client.clientId(), channelId)
                        .flatMap(told -> writes.channel(action, client.id(), connection, told))
                        .<Registered>map(Registered.Done::new)
                        .switchIfEmpty(Registered.taken("channelId")),
                "channelId");
    }

    private Mono<Void> newKey(UUID connection, String channelId) {
        return hub.newApiKey(channelId)
                .flatMap(
                        key ->
                                secrets.put(connection, Map.of("api_key", key))
                                        .as(transaction::transactional));
    }

    private static String shortened(String name) {
        return name.length() > 200 ? name.substring(0, 200) : name;
    }

    private static Mono<Registered> notFound(String field) {
        return Mono.just(
                Registered.refused(
                        UserError.Code.NOT_FOUND, field, "There is no such thing in the tenant"));
    }
}
