package io.customergraph.worker;

import io.customergraph.delivery.AuditedBodies;
import io.customergraph.delivery.DeliveryHandler;
import io.customergraph.delivery.DeliveryLookup;
import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.delivery.DeliveryTranslator;
import io.customergraph.delivery.IntegrationEvents;
import io.customergraph.delivery.TranslatingHandler;
import io.customergraph.ingest.ErasedIdentities;
import io.customergraph.ingest.IdentityEvents;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.RecordDeletions;
import io.customergraph.integration.AccountEvents;
import io.customergraph.integration.ConnectionUninstalls;
import io.customergraph.integration.PrivacyDesk;
import io.customergraph.integration.ProviderCatalogue;
import io.customergraph.partner.MessageDeliveries;
import io.customergraph.partner.MessageReader;
import io.customergraph.partner.WhatsAppDeliveries;
import io.customergraph.push.Pushes;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The queue of deliveries, with everybody who applies some. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
class DeliveryConfiguration {

    @Bean
    IntegrationEvents integrationEvents(
            DatabaseClient database, TransactionalOperator transaction, AuditedBodies bodies) {
        return new IntegrationEvents(database, transaction, bodies);
    }

    @Bean
    DeliveryQueue deliveryQueue(
            DatabaseClient database,
            R2dbcTransactionManager transactions,
            TransactionalOperator transaction,
            AuditedBodies bodies,
            CandidateWorker candidates,
            ProviderCatalogue catalogue,
            ObjectProvider<DeliveryTranslator> translators,
            ObjectProvider<MessageReader> readers,
            ObjectProvider<DeliveryLookup> lookups,
            ObjectProvider<DeliveryHandler> handlers,
            DeliverySettings settings,
            ErasedIdentities erased,
            PrivacyDesk privacy) {
        TransactionalOperator nested = nested(transactions);
        Ingestion ingestion = new Ingestion(database, nested, erased, () -> wakeLater(candidates));
        IdentityEvents events = new IdentityEvents(database, nested, () -> wakeLater(candidates));
        RecordDeletions deletions = new RecordDeletions(database, nested);
        AccountEvents accounts = new ConnectionUninstalls(database, nested, catalogue);
        List<DeliveryHandler> all =
                Stream.<Stream<? extends DeliveryHandler>>of(
                                translators.stream()
                                        .map(
                                                one ->
                                                        new TranslatingHandler(
                                                                one,
                                                                ingestion,
                                                                events,
                                                                deletions,
                                                                accounts,
                                                                privacy,
                                                                lookup(lookups, one))),
                                readers.stream()
                                        .map(
                                                one ->
                                                        new MessageDeliveries(
                                                                one, database, ingestion)),
                                Stream.of("meta_whatsapp", "dialog_360")
                                        .map(
                                                provider ->
                                                        new WhatsAppDeliveries(
                                                                provider, database, ingestion,
                                                                events)),
                                handlers.stream())
                        .<DeliveryHandler>flatMap(one -> one)
                        .toList();
        return new DeliveryQueue(database, transaction, bodies, all, settings.queue());
    }

    private static Optional<DeliveryLookup> lookup(
            ObjectProvider<DeliveryLookup> lookups, DeliveryTranslator of) {
        return lookups.stream().filter(one -> one.provider().equals(of.provider())).findFirst();
    }

    /** The request, its records and its answer are one transaction. */
    @Bean
    Pushes pushes(
            DatabaseClient database,
            R2dbcTransactionManager transactions,
            TransactionalOperator transaction,
            CandidateWorker candidates,
            ErasedIdentities erased) {
        return new Pushes(
                database,
                transaction,
                new Ingestion(database, nested(transactions), erased, () -> wakeLater(candidates)));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "customergraph.deliveries.enabled", matchIfMissing = true)
    DeliveryWorker deliveryWorker(
            DeliveryQueue queue,
            @Qualifier("unbound") ConnectionFactory unbound,
            R2dbcConnectionDetails details,
            DeliverySettings settings,
            DeliveryMeters meters) {
        return new DeliveryWorker(
                queue,
                unbound,
                new DeliveryWakes(ConnectionFactories.get(details.getConnectionFactoryOptions())),
                settings,
                meters);
    }

    /** What fails within is undone to where it began, and the worker's transaction goes on. */
    private static TransactionalOperator nested(R2dbcTransactionManager transactions) {
        return TransactionalOperator.create(
                transactions,
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    }

    /** Candidates are there for others only once the worker's transaction is committed. */
    private static Mono<Void> wakeLater(CandidateWorker candidates) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(
                        current ->
                                current.registerSynchronization(
                                        new TransactionSynchronization() {
                                            @Override
                                            public Mono<Void> afterCommit() {
                                                return Mono.fromRunnable(candidates::wake);
                                            }
                                        }))
                .then();
    }
}
