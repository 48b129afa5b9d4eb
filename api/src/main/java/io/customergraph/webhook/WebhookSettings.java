package io.customergraph.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.time.Duration;

/**
 * How webhooks are received: {@code customergraph.webhooks.*}.
 *
 * @param remembered how long a connection's secrets and settings are used before they are read
 *     again
 * @param atOnce how many requests are worked at
 * @param bytesAtOnce how much of their bodies is in memory
 * @param queue how many deliveries may wait for the disk, and for the database
 */
@ConfigurationProperties("customergraph.webhooks")
public record WebhookSettings(
        @DefaultValue("5s") Duration remembered,
        @DefaultValue("2000") int atOnce,
        @DefaultValue("128MB") DataSize bytesAtOnce,
        @DefaultValue("2000") int queue) {

    public WebhookSettings {
        if (atOnce <= 0 || queue <= 0 || bytesAtOnce.toBytes() <= 0) {
            throw new IllegalArgumentException(
                    "customergraph.webhooks: at-once, bytes-at-once and queue are above 0");
        }
    }
}
