package io.customergraph.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pushed records are taken: {@code customergraph.ingest.*}.
 *
 * @param atOnce how many requests are applied at the same time; each has a connection of the pool
 */
@ConfigurationProperties("customergraph.ingest")
record PushSettings(@DefaultValue("4") int atOnce) {

    PushSettings {
        if (atOnce <= 0) {
            throw new IllegalArgumentException("customergraph.ingest.at-once is above 0");
        }
    }
}
