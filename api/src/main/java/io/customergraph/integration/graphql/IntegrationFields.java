package io.customergraph.integration.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.integration.FormField;
import io.customergraph.integration.IntegrationConnection;
import io.customergraph.integration.IntegrationProvider;
import io.customergraph.integration.ProviderWebhook;
import io.customergraph.integration.StoredCredential;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

import java.util.Map;

/** The fields of providers and connections. */
@Component
final class IntegrationFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    IntegrationFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(
                        NodeType.INTEGRATION_PROVIDER,
                        IntegrationProvider.class,
                        IntegrationProvider::id)
                .value("isOAuth", IntegrationProvider::isOAuth)
                .value(
                        "webhookScheme",
                        (IntegrationProvider provider) -> {
                            ProviderWebhook webhook = provider.webhook();
                            return webhook == null ? null : webhook.scheme();
                        })
                .addTo(wiring);
        Fields.of("IntegrationFormField")
                .components(FormField.class)
                .value("isSecret", FormField::isSecret)
                .addTo(wiring);
        Fields.of("IntegrationFieldOption").components(FormField.Option.class).addTo(wiring);
        Fields.ofNode(
                        NodeType.INTEGRATION_CONNECTION,
                        IntegrationConnection.class,
                        IntegrationConnection::id)
                .fetcher(
                        "provider",
                        graph.one(
                                IntegrationProvider.LOOKUP,
                                (IntegrationConnection connection) ->
                                        IntegrationProvider.idOf(connection.provider())))
                .value(
                        "settings",
                        (IntegrationConnection connection) ->
                                connection.settings().entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(one -> new Setting(one.getKey(), one.getValue()))
                                        .toList())
                .fetcher(
                        "credentials",
                        graph.list(StoredCredential.OF_CONNECTION, IntegrationConnection::id))
                .addTo(wiring);
        Fields.of("IntegrationSetting").components(Setting.class).addTo(wiring);
        Fields.of("IntegrationCredential").components(StoredCredential.class).addTo(wiring);
        Fields.of("IntegrationPayload")
                .components(IntegrationMutations.IntegrationPayload.class)
                .addTo(wiring);
        Fields.of("TestIntegrationPayload")
                .components(IntegrationMutations.TestPayload.class)
                .addTo(wiring);
        Fields.of("IntegrationAuthorizationPayload")
                .components(AuthorizationMutations.AuthorizationPayload.class)
                .addTo(wiring);
        Fields.addConnections(wiring, "IntegrationProvider", "IntegrationConnection");
        Fields.addEnums(wiring, "IntegrationEnvironment", "IntegrationStatus", "IntegrationHealth");
    }

    /** A value of a connection's form. */
    public record Setting(String name, String value) {}
}
