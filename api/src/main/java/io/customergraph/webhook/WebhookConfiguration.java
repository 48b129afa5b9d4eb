package io.customergraph.webhook;

import io.customergraph.delivery.BodyStore;
import io.customergraph.delivery.Inbox;
import io.customergraph.errors.ErrorAnswer;
import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.ProviderCatalogue;
import io.customergraph.integration.WebhookVerifications;
import io.customergraph.oauth.PlatformApps;
import io.customergraph.paging.GraphReads;
import io.customergraph.push.PushSchema;
import io.customergraph.push.Pushes;
import io.customergraph.webhook.signature.Signatures;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.server.WebFilter;

import java.time.Clock;

/** Puts the door for providers into the server, and behind it the inbox. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WebhookSettings.class, PushSettings.class})
class WebhookConfiguration {

    @Bean
    Inbox inbox(DatabaseClient database, BodyStore store, WebhookSettings settings) {
        return new Inbox(database, store, settings.queue());
    }

    @Bean
    Receivers receivers(
            @Qualifier("unbound") ConnectionFactory unbound,
            ConnectionAccess access,
            GraphReads reads,
            PlatformApps apps,
            WebhookSettings settings) {
        return new Receivers(unbound, access, reads, apps, settings.remembered());
    }

    @Bean
    WebhookVerifications webhookVerifications(DatabaseClient database) {
        return new WebhookVerifications(database);
    }

    @Bean
    Gate gate(Receivers receivers) {
        return new Gate(receivers, new Signatures(Clock.systemUTC()));
    }

    @Bean
    PushSchema pushSchema() {
        return new PushSchema();
    }

    @Bean
    WebFilter pushDoor(
            WebhookSettings webhooks,
            PushSettings settings,
            WebhookAddresses addresses,
            Receivers receivers,
            Gate gate,
            PushSchema schema,
            Pushes pushes,
            ErrorAnswer errors,
            MeterRegistry registry) {
        return new PushDoor(
                receivers,
                gate,
                new Budget(webhooks.atOnce(), webhooks.bytesAtOnce().toBytes()),
                settings.atOnce(),
                addresses,
                schema,
                pushes,
                new PushAnswers(errors, new WebhookAnswers(errors)),
                new WebhookMeters(registry));
    }

    @Bean
    WebFilter webhookDoor(
            WebhookSettings settings,
            WebhookAddresses addresses,
            ProviderCatalogue catalogue,
            Receivers receivers,
            Gate gate,
            Inbox inbox,
            WebhookVerifications verifications,
            ErrorAnswer errors,
            MeterRegistry registry) {
        return new WebhookDoor(
                settings,
                addresses,
                catalogue,
                receivers,
                gate,
                inbox,
                verifications,
                new WebhookAnswers(errors),
                new WebhookMeters(registry));
    }
}
