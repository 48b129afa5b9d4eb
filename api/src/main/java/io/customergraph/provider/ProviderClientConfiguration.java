package io.customergraph.provider;

import io.netty.channel.ChannelOption;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import java.net.InetAddress;
import java.time.Duration;

/** The client of all providers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProviderSettings.class)
class ProviderClientConfiguration {

    private static final int THREADS = 2;

    /** Java's own selectors, since the resolver of names is one of them. */
    @Bean(destroyMethod = "dispose")
    LoopResources providerLoops() {
        return LoopResources.create("provider", THREADS, true);
    }

    @Bean(destroyMethod = "dispose")
    ConnectionProvider providerConnections(ProviderSettings settings) {
        return ConnectionProvider.builder("providers")
                .maxConnections(settings.connectionsPerHost())
                .pendingAcquireMaxCount(settings.connectionsPerHost() * 10)
                .pendingAcquireTimeout(settings.connectTimeout())
                .maxIdleTime(Duration.ofSeconds(30))
                .maxLifeTime(Duration.ofMinutes(10))
                .build();
    }

    @Bean(destroyMethod = "close")
    GuardedResolver guardedResolver(ProviderSettings settings) {
        return new GuardedResolver(address -> isAllowed(settings, address));
    }

    private static boolean isAllowed(ProviderSettings settings, InetAddress address) {
        return PublicAddresses.contains(address)
                || (settings.allowLoopback() && address.isLoopbackAddress());
    }

    @Bean
    WebClient providerClient(
            ProviderSettings settings,
            LoopResources providerLoops,
            ConnectionProvider providerConnections,
            GuardedResolver guardedResolver) {
        HttpClient http =
                HttpClient.create(providerConnections)
                        .runOn(providerLoops, false)
                        .resolver(guardedResolver)
                        .noProxy()
                        .followRedirect(false)
                        .compress(true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(settings.connectTimeout().toMillis()))
                        .responseTimeout(settings.responseTimeout());
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .defaultHeader("User-Agent", "CustomerGraph")
                .codecs(
                        codecs ->
                                codecs.defaultCodecs()
                                        .maxInMemorySize(
                                                Math.toIntExact(settings.maxResponse().toBytes())))
                .build();
    }
}
