package io.customergraph.bodies;

import io.customergraph.delivery.AuditedBodies;
import io.customergraph.delivery.BodyRetention;
import io.customergraph.delivery.BodyStore;
import io.customergraph.delivery.BodySweep;
import io.customergraph.delivery.ErasableBodies;
import io.customergraph.delivery.FileBodyStore;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

import java.time.Clock;

/** Chooses the store of bodies, and what reads and empties it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BodyStoreSettings.class)
class BodyStoreConfiguration {

    private static final String KIND = "customergraph.bodies.kind";

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = KIND, havingValue = "file", matchIfMissing = true)
    FileBodyStore fileBodyStore(BodyStoreSettings settings) {
        return new FileBodyStore(settings.directory(), Clock.systemUTC());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = KIND, havingValue = "s3")
    S3BodyStore s3BodyStore(BodyStoreSettings settings) {
        return new S3BodyStore(settings.objectStore(), Clock.systemUTC());
    }

    @Bean
    AuditedBodies auditedBodies(DatabaseClient database, BodyStore store) {
        return new AuditedBodies(database, store);
    }

    @Bean
    ErasableBodies erasableBodies(DatabaseClient database, AuditedBodies bodies, BodyStore store) {
        return new ErasableBodies(database, bodies, store);
    }

    @Bean
    BodyRetention bodyRetention(
            DatabaseClient database, BodyStore store, BodyStoreSettings settings) {
        return new BodyRetention(database, store, settings.keepDead());
    }

    @Bean
    BodySweep bodySweep(DatabaseClient database, BodyStore store, BodyStoreSettings settings) {
        return new BodySweep(
                database, store, Clock.systemUTC(), settings.sweepEvery(), settings.sweepAfter());
    }
}
