package io.customergraph.config;

import io.customergraph.change.AuditLog;
import io.customergraph.change.Changes;
import io.customergraph.customer.CustomerFinder;
import io.customergraph.customer.CustomerList;
import io.customergraph.customer.CustomerWrites;
import io.customergraph.customer.IdentifierPolicyRepository;
import io.customergraph.customer.IdentifierPolicyWrites;
import io.customergraph.ingest.ErasedIdentities;
import io.customergraph.ingest.Ingestion;
import io.customergraph.integration.ApiCalls;
import io.customergraph.integration.AuthorizationStates;
import io.customergraph.integration.CallLog;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionAuthorizations;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.integration.ConnectionWrites;
import io.customergraph.integration.IntegrationConnections;
import io.customergraph.integration.IntegrationMetrics;
import io.customergraph.integration.ProviderCatalogue;
import io.customergraph.integration.ProviderRegistration;
import io.customergraph.integration.WebhookWrites;
import io.customergraph.link.PastCustomers;
import io.customergraph.link.RecordLinks;
import io.customergraph.merge.Merges;
import io.customergraph.model.MatchModels;
import io.customergraph.model.ModelChoice;
import io.customergraph.model.ScoringModels;
import io.customergraph.paging.GraphReads;
import io.customergraph.partner.PartnerClients;
import io.customergraph.partner.PartnerConfigurations;
import io.customergraph.partner.PartnerWrites;
import io.customergraph.review.CandidateQueue;
import io.customergraph.review.MatchCandidates;
import io.customergraph.review.MatchExplanations;
import io.customergraph.review.MatchQualities;
import io.customergraph.review.MatchRejections;
import io.customergraph.run.MatchRunner;
import io.customergraph.run.MatchRuns;
import io.customergraph.secret.ConnectionSecrets;
import io.customergraph.secret.SecretKeys;
import io.customergraph.tenant.TenantConnectionFactory;
import io.customergraph.worker.CandidateWorker;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import java.time.Clock;
import java.time.Duration;

/** What the domain offers, on the database of this application. */
@Configuration(proxyBeanMethods = false)
class Services {

    private static final Duration START_STEP = Duration.ofSeconds(30);

    @Bean
    GraphReads graphReads(TenantConnectionFactory connections) {
        return new GraphReads(connections);
    }

    @Bean
    CustomerList customerList(DatabaseClient database) {
        return new CustomerList(database);
    }

    @Bean
    CustomerFinder customerFinder(DatabaseClient database) {
        return new CustomerFinder(database);
    }

    @Bean
    PastCustomers pastCustomers(DatabaseClient database) {
        return new PastCustomers(database);
    }

    @Bean
    CustomerWrites customerWrites(DatabaseClient database, TransactionalOperator transaction) {
        return new CustomerWrites(database, transaction);
    }

    @Bean
    IdentifierPolicyRepository identifierPolicyRepository(DatabaseClient database) {
        return new IdentifierPolicyRepository(database);
    }

    @Bean
    IdentifierPolicyWrites identifierPolicyWrites(
            DatabaseClient database, TransactionalOperator transaction) {
        return new IdentifierPolicyWrites(database, transaction);
    }

    @Bean
    Changes changes(DatabaseClient database) {
        return new Changes(database);
    }

    @Bean
    RecordLinks recordLinks(DatabaseClient database, TransactionalOperator transaction) {
        return new RecordLinks(database, transaction);
    }

    @Bean
    Merges merges(DatabaseClient database, TransactionalOperator transaction) {
        return new Merges(database, transaction);
    }

    @Bean
    MatchExplanations matchExplanations(DatabaseClient database) {
        return new MatchExplanations(database, Clock.systemUTC());
    }

    @Bean
    CandidateQueue candidateQueue(DatabaseClient database, TransactionalOperator transaction) {
        return new CandidateQueue(database, transaction, Clock.systemUTC());
    }

    @Bean
    MatchCandidates matchCandidates(DatabaseClient database) {
        return new MatchCandidates(database);
    }

    @Bean
    MatchQualities matchQualities(DatabaseClient database) {
        return new MatchQualities(database);
    }

    @Bean
    MatchRejections matchRejections(DatabaseClient database, TransactionalOperator transaction) {
        return new MatchRejections(database, transaction);
    }

    @Bean
    MatchRuns matchRuns(DatabaseClient database, TransactionalOperator transaction) {
        return new MatchRuns(database, transaction);
    }

    @Bean
    MatchModels matchModels(DatabaseClient database) {
        return new MatchModels(database);
    }

    @Bean
    ScoringModels scoringModels(DatabaseClient database) {
        return new ScoringModels(database);
    }

    @Bean
    ModelChoice modelChoice(DatabaseClient database, TransactionalOperator transaction) {
        return new ModelChoice(database, transaction);
    }

    @Bean
    MatchRunner matchRunner(
            DatabaseClient database,
            TransactionalOperator transaction,
            MatchRuns runs,
            CandidateQueue queue) {
        return new MatchRunner(database, transaction, runs, queue, Clock.systemUTC());
    }

    @Bean
    ProviderCatalogue providerCatalogue() {
        return ProviderCatalogue.shipped();
    }

    @Bean
    ConnectionSecrets connectionSecrets(DatabaseClient database, SecretKeys keys) {
        return new ConnectionSecrets(database, keys);
    }

    @Bean
    ConnectionWrites connectionWrites(
            DatabaseClient database,
            TransactionalOperator transaction,
            ProviderCatalogue catalogue,
            ConnectionSecrets secrets) {
        return new ConnectionWrites(database, transaction, catalogue, secrets);
    }

    @Bean
    WebhookWrites webhookWrites(
            DatabaseClient database,
            TransactionalOperator transaction,
            ProviderCatalogue catalogue,
            ConnectionSecrets secrets) {
        return new WebhookWrites(database, transaction, catalogue, secrets);
    }

    @Bean
    ConnectionAccess connectionAccess(
            GraphReads reads, ConnectionSecrets secrets, ProviderCatalogue catalogue) {
        return new ConnectionAccess(reads, secrets, catalogue);
    }

    @Bean
    IntegrationConnections integrationConnections(DatabaseClient database) {
        return new IntegrationConnections(database);
    }

    @Bean
    ConnectionHealth connectionHealth(DatabaseClient database) {
        return new ConnectionHealth(database);
    }

    @Bean
    PartnerConfigurations partnerConfigurations(
            DatabaseClient database,
            TransactionalOperator transaction,
            @Qualifier("unbound") ConnectionFactory unbound,
            SecretKeys keys) {
        return new PartnerConfigurations(database, transaction, unbound, keys);
    }

    @Bean
    PartnerClients partnerClients(DatabaseClient database) {
        return new PartnerClients(database);
    }

    @Bean
    PartnerWrites partnerWrites(DatabaseClient database, TransactionalOperator transaction) {
        return new PartnerWrites(database, transaction);
    }

    @Bean
    AuthorizationStates authorizationStates(
            DatabaseClient database,
            @Qualifier("unbound") ConnectionFactory unbound,
            SecretKeys keys) {
        return new AuthorizationStates(database, unbound, keys);
    }

    @Bean
    ConnectionAuthorizations connectionAuthorizations(
            DatabaseClient database, TransactionalOperator transaction, ConnectionSecrets secrets) {
        return new ConnectionAuthorizations(database, transaction, secrets);
    }

    @Bean
    AuditLog auditLog(DatabaseClient database) {
        return new AuditLog(database);
    }

    @Bean
    ApiCalls apiCalls(DatabaseClient database) {
        return new ApiCalls(database);
    }

    @Bean
    IntegrationMetrics integrationMetrics(DatabaseClient database) {
        return new IntegrationMetrics(database);
    }

    @Bean
    CallLog callLog(DatabaseClient database) {
        return new CallLog(database);
    }

    /** Before anything is answered, the table of providers is that of this version. */
    @Bean
    ProviderRegistration providerRegistration(
            @Qualifier("unbound") ConnectionFactory unbound, ProviderCatalogue catalogue) {
        ProviderRegistration registration = new ProviderRegistration(unbound);
        registration.register(catalogue).block(START_STEP);
        return registration;
    }

    /** Candidates are worked at as soon as they are found; what fails then is due and stays so. */
    @Bean
    Ingestion ingestion(
            DatabaseClient database,
            TransactionalOperator transaction,
            ErasedIdentities erased,
            CandidateWorker worker) {
        return new Ingestion(database, transaction, erased, worker::work);
    }
}
