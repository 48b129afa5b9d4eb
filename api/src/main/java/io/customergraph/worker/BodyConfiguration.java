package io.customergraph.worker;

import io.customergraph.delivery.AuditedBodies;
import io.customergraph.delivery.BodyStore;
import io.customergraph.delivery.FileBodyStore;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

import java.nio.file.Path;
import java.time.Clock;

/** Bodies in files, where nothing else keeps them. */
@Configuration(proxyBeanMethods = false)
class BodyConfiguration {

    @Bean
    @ConditionalOnMissingBean(BodyStore.class)
    FileBodyStore bodyStore(
            @Value("${customergraph.bodies.directory:data/bodies}") Path directory) {
        return new FileBodyStore(directory, Clock.systemUTC());
    }

    @Bean
    @ConditionalOnMissingBean(AuditedBodies.class)
    AuditedBodies auditedBodies(DatabaseClient database, BodyStore store) {
        return new AuditedBodies(database, store);
    }
}
