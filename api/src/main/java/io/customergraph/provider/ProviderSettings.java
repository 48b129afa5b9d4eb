package io.customergraph.provider;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.time.Duration;
import java.util.Map;

/**
 * How providers are called.
 *
 * @param responseTimeout how long one attempt may take
 * @param maxResponse how much of an answer is read
 * @param maxAttempts of a call that may be repeated
 * @param longestWait between attempts; a provider that asks for more is not asked again
 * @param allowLoopback whether addresses of this machine may be called; for tests
 * @param baseUrls other addresses of providers, by short name; for tests
 * @param logInterval how often calls are written down
 * @param logQueue how many calls wait to be written down; those beyond are counted and dropped
 */
@ConfigurationProperties("customergraph.integrations")
record ProviderSettings(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("20s") Duration responseTimeout,
        @DefaultValue("4MB") DataSize maxResponse,
        @DefaultValue("3") int maxAttempts,
        @DefaultValue("10s") Duration longestWait,
        @DefaultValue("50") int connectionsPerHost,
        @DefaultValue("false") boolean allowLoopback,
        @DefaultValue Map<String, String> baseUrls,
        @DefaultValue("1s") Duration logInterval,
        @DefaultValue("10000") int logQueue) {

    ProviderSettings {
        baseUrls = Map.copyOf(baseUrls);
    }
}
