package io.customergraph.config;

import io.customergraph.delivery.ErasableBodies;
import io.customergraph.ingest.ErasedIdentities;
import io.customergraph.ingest.RecordErasures;
import io.customergraph.privacy.PrivacyRequests;
import io.customergraph.privacy.PrivacyWork;
import io.customergraph.secret.SecretKeys;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** What people may ask for: a copy of what is known of them, and to be forgotten. */
@Configuration(proxyBeanMethods = false)
class PrivacyConfiguration {

    @Bean
    ErasedIdentities erasedIdentities(DatabaseClient database, SecretKeys keys) {
        return new ErasedIdentities(database, keys);
    }

    @Bean
    RecordErasures recordErasures(
            DatabaseClient database, TransactionalOperator transaction, ErasedIdentities erased) {
        return new RecordErasures(database, transaction, erased);
    }

    @Bean
    PrivacyRequests privacyRequests(
            DatabaseClient database,
            TransactionalOperator transaction,
            RecordErasures erasures,
            SecretKeys keys) {
        return new PrivacyRequests(database, transaction, erasures, keys);
    }

    @Bean
    PrivacyWork privacyWork(
            DatabaseClient database,
            RecordErasures erasures,
            ErasableBodies bodies,
            SecretKeys keys) {
        return new PrivacyWork(database, erasures, bodies, keys);
    }
}
