package io.customergraph.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/**
 * How webhooks are received: {@code customergraph.webhooks.*}.
 *
 * @param publicUrl what providers know this server as, without a path; some sign it
 * @param remembered how long a connection's secrets and settings are used before they are read
 *     again
 * @param atOnce how many requests are worked at
 * @param bytesAtOnce how much of their bodies is in memory
 * @param queue how many deliveries may wait for the disk, and for the database
 */
@ConfigurationProperties("customergraph.webhooks")
public record WebhookSettings(
        @DefaultValue("http://localhost:8080") URI publicUrl,
        @DefaultValue("5s") Duration remembered,
        @DefaultValue("2000") int atOnce,
        @DefaultValue("128MB") DataSize bytesAtOnce,
        @DefaultValue("2000") int queue) {

    public WebhookSettings {
        boolean isOrigin =
                publicUrl.isAbsolute()
                        && publicUrl.getHost() != null
                        && (publicUrl.getPath().isEmpty() || publicUrl.getPath().equals("/"));
        if (!isOrigin || atOnce <= 0 || queue <= 0 || bytesAtOnce.toBytes() <= 0) {
            throw new IllegalArgumentException(
                    "customergraph.webhooks: a public-url such as https://api.example.com, and"
                            + " limits above 0");
        }
    }

    /** The address that a provider is given for a connection. */
    public String webhook(String provider, UUID connection) {
        return address(new WebhookTarget(provider, connection).path());
    }

    /** An address of this server as providers know it. */
    String address(String path) {
        String origin = publicUrl.toString();
        return (origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin) + path;
    }
}
