package io.customergraph.provider.sync;

import io.customergraph.ingest.Ingestion;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ConnectionHealth;
import io.customergraph.sync.Syncs;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

import java.time.Duration;

/** The reading of histories, with everybody who can read some. */
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
            ConnectionHealth health,
            @Value("${customergraph.syncs.every:15m}") Duration every) {
        return new HistorySync(readers.stream().toList(), syncs, access, ingestion, health, every);
    }
}
