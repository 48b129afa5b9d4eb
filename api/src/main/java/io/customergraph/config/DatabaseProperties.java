package io.customergraph.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How the application connects, whatever database it is.
 *
 * @param poolSize connections that requests and ingestion share
 * @param acquireTimeout how long a request waits for one before it fails as unavailable
 * @param statementTimeout after which the database gives a statement up
 * @param lockTimeout after which a statement gives up waiting for a lock
 */
@ConfigurationProperties("customergraph.database")
record DatabaseProperties(
        @DefaultValue("10") int poolSize,
        @DefaultValue("10s") Duration acquireTimeout,
        @DefaultValue("15s") Duration statementTimeout,
        @DefaultValue("10s") Duration lockTimeout) {}
