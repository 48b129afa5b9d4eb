package io.customergraph.partner.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.partner.Dialog360Channel;
import io.customergraph.partner.Dialog360Client;
import io.customergraph.partner.MetaWhatsAppClient;
import io.customergraph.partner.MetaWhatsAppPhoneNumber;
import io.customergraph.partner.PartnerConfiguration;
import io.customergraph.partner.PartnerProfile;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of partner programmes. */
@Component
final class PartnerFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    PartnerFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.of("PartnerConfiguration").components(PartnerConfiguration.class).addTo(wiring);
        Fields.of("PartnerSetting").components(PartnerConfiguration.Setting.class).addTo(wiring);
        Fields.of("PartnerCredential")
                .components(PartnerConfiguration.Credential.class)
                .addTo(wiring);
        Fields.of("PartnerProfile").components(PartnerProfile.class).addTo(wiring);
        Fields.of("SavePartnerConfigurationPayload")
                .components(PartnerMutations.ConfigurationPayload.class)
                .addTo(wiring);
        Fields.ofNode(NodeType.DIALOG_360_CLIENT, Dialog360Client.class, Dialog360Client::id)
                .fetcher(
                        "channels",
                        graph.connection(Dialog360Channel.OF_CLIENT, Dialog360Client::id))
                .addTo(wiring);
        Fields.ofNode(NodeType.DIALOG_360_CHANNEL, Dialog360Channel.class, Dialog360Channel::id)
                .fetcher("client", graph.one(Dialog360Client.LOOKUP, Dialog360Channel::clientUuid))
                .fetcher(
                        "connection",
                        graph.one(IntegrationConnection.LOOKUP, Dialog360Channel::connectionId))
                .addTo(wiring);
        Fields.ofNode(
                        NodeType.META_WHATSAPP_CLIENT,
                        MetaWhatsAppClient.class,
                        MetaWhatsAppClient::id)
                .fetcher(
                        "connection",
                        graph.one(IntegrationConnection.LOOKUP, MetaWhatsAppClient::connectionId))
                .fetcher(
                        "phoneNumbers",
                        graph.connection(MetaWhatsAppPhoneNumber.OF_CLIENT, MetaWhatsAppClient::id))
                .addTo(wiring);
        Fields.ofNode(
                        NodeType.META_WHATSAPP_PHONE_NUMBER,
                        MetaWhatsAppPhoneNumber.class,
                        MetaWhatsAppPhoneNumber::id)
                .fetcher(
                        "client",
                        graph.one(MetaWhatsAppClient.LOOKUP, MetaWhatsAppPhoneNumber::clientUuid))
                .addTo(wiring);
        Fields.of("Dialog360ClientPayload")
                .components(WhatsAppMutations.Dialog360ClientPayload.class)
                .addTo(wiring);
        Fields.of("Dialog360ChannelPayload")
                .components(WhatsAppMutations.Dialog360ChannelPayload.class)
                .addTo(wiring);
        Fields.of("MetaWhatsAppClientPayload")
                .components(WhatsAppMutations.MetaWhatsAppClientPayload.class)
                .addTo(wiring);
        Fields.of("MetaWhatsAppPhoneNumberPayload")
                .components(WhatsAppMutations.MetaWhatsAppPhoneNumberPayload.class)
                .addTo(wiring);
        Fields.addConnections(
                wiring,
                "PartnerConfiguration",
                "Dialog360Client",
                "Dialog360Channel",
                "MetaWhatsAppClient",
                "MetaWhatsAppPhoneNumber");
        Fields.addEnums(
                wiring,
                "PartnerProvider",
                "Dialog360ClientStatus",
                "Dialog360ChannelStatus",
                "MetaWhatsAppClientStatus",
                "WhatsAppReviewStatus",
                "MetaWhatsAppNumberStatus",
                "WhatsAppNameStatus",
                "WhatsAppQuality",
                "WhatsAppMessagingLimit");
    }
}
