package io.customergraph.worker;

import io.customergraph.delivery.QueueSettings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.time.Duration;

/**
 * How this node works at deliveries.
 *
 * @param enabled whether it does at all: a node may only answer requests
 * @param concurrency how many batches at once; each takes a connection to the database
 * @param pollInterval how often it looks for what no notification told of
 * @param batch the most deliveries of one batch
 * @param batchSize the most bytes of their bodies
 * @param lease after which the work of a node that died is taken up
 * @param maxAttempts after which a delivery that fails is dead
 * @param firstPause the longest pause after the first failure; it doubles with each further one
 * @param longestPause what no pause exceeds
 * @param keepCalls how long calls to providers stay written down
 * @param keepMetrics how long the counts of an hour are kept
 */
@ConfigurationProperties("customergraph.deliveries")
record DeliverySettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("3") int concurrency,
        @DefaultValue("30s") Duration pollInterval,
        @DefaultValue("200") int batch,
        @DefaultValue("16MB") DataSize batchSize,
        @DefaultValue("1m") Duration lease,
        @DefaultValue("12") int maxAttempts,
        @DefaultValue("1m") Duration firstPause,
        @DefaultValue("12h") Duration longestPause,
        @DefaultValue("30d") Duration keepCalls,
        @DefaultValue("400d") Duration keepMetrics) {

    DeliverySettings {
        if (concurrency < 1 || concurrency > 64 || pollInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "customergraph.deliveries: concurrency is 1 to 64, poll-interval some time");
        }
    }

    QueueSettings queue() {
        return new QueueSettings(
                batch, batchSize.toBytes(), lease, maxAttempts, firstPause, longestPause);
    }
}
