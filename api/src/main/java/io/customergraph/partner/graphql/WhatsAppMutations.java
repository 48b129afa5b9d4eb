package io.customergraph.partner.graphql;

import io.customergraph.customer.UserError;
import io.customergraph.graphql.NodeId;
import io.customergraph.graphql.NodeType;
import io.customergraph.paging.GraphReads;
import io.customergraph.paging.Lookup;
import io.customergraph.partner.Dialog360Channel;
import io.customergraph.partner.Dialog360Client;
import io.customergraph.partner.MetaWhatsAppClient;
import io.customergraph.partner.MetaWhatsAppPhoneNumber;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;

/** Registers companies and numbers under partner programmes. */
@Controller
final class WhatsAppMutations {

    private final Dialog360Registrations dialog360;
    private final MetaRegistrations meta;
    private final GraphReads reads;

    WhatsAppMutations(Dialog360Registrations dialog360, MetaRegistrations meta, GraphReads reads) {
        this.dialog360 = dialog360;
        this.meta = meta;
        this.reads = reads;
    }

    public record Dialog360ClientPayload(
            @Nullable Dialog360Client client, List<UserError> userErrors) {}

    public record Dialog360ChannelPayload(
            @Nullable Dialog360Channel channel, List<UserError> userErrors) {}

    public record MetaWhatsAppClientPayload(
            @Nullable MetaWhatsAppClient client, List<UserError> userErrors) {}

    public record MetaWhatsAppPhoneNumberPayload(
            @Nullable MetaWhatsAppPhoneNumber phoneNumber, List<UserError> userErrors) {}

    @MutationMapping
    Mono<Dialog360ClientPayload> registerDialog360Client(@Argument Map<String, Object> input) {
        return answered(
                dialog360.client(text(input, "clientId")),
                Dialog360Client.LOOKUP,
                Dialog360ClientPayload::new);
    }

    @MutationMapping
    Mono<Dialog360ChannelPayload> registerDialog360Channel(@Argument Map<String, Object> input) {
        return answered(
                dialog360.register(
                        NodeId.decode(NodeType.DIALOG_360_CLIENT, text(input, "clientId")),
                        text(input, "channelId"),
                        connection(input),
                        Boolean.TRUE.equals(input.get("newApiKey"))),
                Dialog360Channel.LOOKUP,
                Dialog360ChannelPayload::new);
    }

    @MutationMapping
    Mono<Dialog360ChannelPayload> updateDialog360Channel(@Argument Map<String, Object> input) {
        return answered(
                dialog360.update(
                        NodeId.decode(NodeType.DIALOG_360_CHANNEL, text(input, "id")),
                        connection(input),
                        Boolean.TRUE.equals(input.get("newApiKey"))),
                Dialog360Channel.LOOKUP,
                Dialog360ChannelPayload::new);
    }

    @MutationMapping
    Mono<MetaWhatsAppClientPayload> registerMetaWhatsAppClient(
            @Argument Map<String, Object> input) {
        return answered(
                meta.client(Objects.requireNonNull(connection(input)), (String) input.get("code")),
                MetaWhatsAppClient.LOOKUP,
                MetaWhatsAppClientPayload::new);
    }

    @MutationMapping
    Mono<MetaWhatsAppPhoneNumberPayload> registerMetaWhatsAppPhoneNumber(
            @Argument Map<String, Object> input) {
        return answered(
                meta.register(
                        NodeId.decode(NodeType.META_WHATSAPP_CLIENT, text(input, "clientId")),
                        text(input, "phoneNumberId"),
                        (String) input.get("pin")),
                MetaWhatsAppPhoneNumber.LOOKUP,
                MetaWhatsAppPhoneNumberPayload::new);
    }

    @MutationMapping
    Mono<MetaWhatsAppPhoneNumberPayload> updateMetaWhatsAppPhoneNumber(
            @Argument Map<String, Object> input) {
        return answered(
                meta.update(
                        NodeId.decode(NodeType.META_WHATSAPP_PHONE_NUMBER, text(input, "id")),
                        new MetaRegistrations.Step(
                                (String) input.get("requestCodeBy"),
                                (String) input.get("language"),
                                (String) input.get("code"),
                                (String) input.get("pin"))),
                MetaWhatsAppPhoneNumber.LOOKUP,
                MetaWhatsAppPhoneNumberPayload::new);
    }

    private <T, P> Mono<P> answered(
            Mono<Registered> registered,
            Lookup<T> lookup,
            BiFunction<@Nullable T, List<UserError>, P> payload) {
        return registered.flatMap(
                outcome ->
                        switch (outcome) {
                            case Registered.Done(UUID id) ->
                                    reads.lookup(lookup, List.of(id))
                                            .map(found -> payload.apply(found.get(id), List.of()));
                            case Registered.Refused(UserError error) ->
                                    Mono.just(payload.apply(null, List.of(error)));
                        });
    }

    private static String text(Map<String, Object> input, String field) {
        return (String) Objects.requireNonNull(input.get(field));
    }

    private static @Nullable UUID connection(Map<String, Object> input) {
        String id = (String) input.get("connectionId");
        return id == null ? null : NodeId.decode(NodeType.INTEGRATION_CONNECTION, id);
    }
}
