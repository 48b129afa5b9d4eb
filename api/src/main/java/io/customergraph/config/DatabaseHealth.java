package io.customergraph.config;

import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;

/** Whether the database answers; part of readiness. */
@Component("database")
final class DatabaseHealth extends AbstractReactiveHealthIndicator {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final DatabaseClient database;

    DatabaseHealth(@Qualifier("unbound") ConnectionFactory unbound) {
        this.database = DatabaseClient.create(unbound);
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        return database.sql("SELECT 1")
                .fetch()
                .first()
                .timeout(TIMEOUT)
                .map(row -> builder.up().build())
                // A line for each probe would drown what matters; the probe's answer says it.
                .onErrorResume(failure -> Mono.just(builder.down().build()));
    }
}
