package io.customergraph.integration;

import io.customergraph.paging.GraphReads;
import io.customergraph.secret.ConnectionSecrets;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;

/** Opens connections: for calls to providers, and for checks of what they send. */
public final class ConnectionAccess {

    private final GraphReads reads;
    private final ConnectionSecrets secrets;
    private final ProviderCatalogue catalogue;

    public ConnectionAccess(
            GraphReads reads, ConnectionSecrets secrets, ProviderCatalogue catalogue) {
        this.reads = reads;
        this.secrets = secrets;
        this.catalogue = catalogue;
    }

    /**
     * A connection of the tenant of the context, with its secrets; in two statements.
     *
     * @return empty where there is none, it is disconnected, or this version does not know its
     *     provider
     */
    public Mono<OpenConnection> open(UUID id) {
        return reads.lookup(IntegrationConnection.LOOKUP, List.of(id))
                .mapNotNull(found -> found.get(id))
                .filter(connection -> !connection.status().equals("disconnected"))
                .flatMap(
                        connection ->
                                Mono.justOrEmpty(catalogue.find(connection.provider()))
                                        .flatMap(
                                                provider ->
                                                        secrets.valid(id)
                                                                .map(
                                                                        valid ->
                                                                                new OpenConnection(
                                                                                        connection,
                                                                                        provider,
                                                                                        valid))));
    }
}
