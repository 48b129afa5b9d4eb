package io.customergraph.partner.graphql;

import graphql.schema.DataFetchingEnvironment;

import io.customergraph.graphql.ConnectionPage;
import io.customergraph.graphql.RootPages;
import io.customergraph.partner.Dialog360Client;
import io.customergraph.partner.MetaWhatsAppClient;
import io.customergraph.partner.PartnerClients;
import io.customergraph.partner.PartnerConfigurations;
import io.customergraph.partner.PartnerProfile;

import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import reactor.core.publisher.Mono;

import java.util.List;

/** Where an administrator of partner programmes and a company under them begin. */
@Controller
final class PartnerQueries {

    private final PartnerConfigurations configurations;
    private final PartnerClients clients;

    PartnerQueries(PartnerConfigurations configurations, PartnerClients clients) {
        this.configurations = configurations;
        this.clients = clients;
    }

    @QueryMapping
    Mono<ConnectionPage> partnerConfigurations(DataFetchingEnvironment environment) {
        return configurations
                .list()
                .flatMap(
                        all -> {
                            ConfigurationList list = new ConfigurationList(all);
                            return new RootPages<>(
                                            "partnerConfigurations",
                                            list::isPlace,
                                            page -> Mono.just(list.page(page)),
                                            list::cursor,
                                            Mono.just((long) all.size()))
                                    .page(environment);
                        });
    }

    @QueryMapping
    Mono<List<PartnerProfile>> partnerProfiles() {
        return configurations.profiles();
    }

    @QueryMapping
    Mono<ConnectionPage> dialog360Clients(DataFetchingEnvironment environment) {
        return new RootPages<>(
                        "dialog360Clients",
                        PartnerClients::isPlace,
                        clients::ofDialog360,
                        (Dialog360Client one) -> PartnerClients.cursor(one.createdAt(), one.id()),
                        clients.countOfDialog360())
                .page(environment);
    }

    @QueryMapping
    Mono<ConnectionPage> metaWhatsAppClients(DataFetchingEnvironment environment) {
        return new RootPages<>(
                        "metaWhatsAppClients",
                        PartnerClients::isPlace,
                        clients::ofMeta,
                        (MetaWhatsAppClient one) ->
                                PartnerClients.cursor(one.createdAt(), one.id()),
                        clients.countOfMeta())
                .page(environment);
    }
}
