package io.customergraph.provider.sync;

import io.customergraph.ingest.ErasedIdentities;
import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.KeptRecords;
import io.customergraph.ingest.RecordDeletions;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.reconcile.Comparison;
import io.customergraph.reconcile.ExtraRecords;
import io.customergraph.reconcile.ReconciliationRequests;
import io.customergraph.reconcile.Reconciliations;
import io.customergraph.sync.GrownTables;
import io.customergraph.sync.Syncs;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import java.time.Duration;

/** The reading of histories, and comparing with them, with everybody who can read some. */
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

    @Bean
    Syncs syncs(DatabaseClient database) {
        return new Syncs(database);
    }

    @Bean
    HistorySync historySync(
            ObjectProvider<SourceReader> readers,
            Syncs syncs,
            ConnectionAccess access,
            Ingestion ingestion,
            DatabaseClient database,
            ConnectionHealth health,
            @Value("${customergraph.syncs.every:15m}") Duration every) {
        return new HistorySync(
                readers.stream().toList(),
                syncs,
                access,
                ingestion,
                new GrownTables(database),
                health,
                every);
    }

    @Bean
    ReconciliationRequests reconciliationRequests(
            DatabaseClient database, TransactionalOperator transaction) {
        return new ReconciliationRequests(database, transaction);
    }

    @Bean
    Reconciler reconciler(
            ObjectProvider<SourceReader> readers,
            DatabaseClient database,
            TransactionalOperator transaction,
            ConnectionAccess access,
            Ingestion ingestion,
            ErasedIdentities erased,
            ConnectionHealth health) {
        Reconciliations runs = new Reconciliations(database, transaction);
        return new Reconciler(
                readers.stream().toList(),
                runs,
                new Comparison(database, transaction, runs),
                new ExtraRecords(
                        database, transaction, runs, new RecordDeletions(database, transaction)),
                access,
                ingestion,
                new KeptRecords(database, erased),
                health);
    }
}
