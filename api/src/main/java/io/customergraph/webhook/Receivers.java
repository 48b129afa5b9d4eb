package io.customergraph.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.customergraph.integration.ConnectionAccess;
import io.customergraph.integration.OpenConnection;
import io.customergraph.integration.ProviderWebhook;
import io.customergraph.integration.WebhookConfig;
import io.customergraph.oauth.PlatformApps;
import io.customergraph.paging.GraphReads;
import io.customergraph.secret.Secret;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Finds who receives at an address. What was found is remembered for some seconds, and so is that
 * nothing was; a connection that is ended meanwhile takes nothing all the same, since that is
 * looked at where the event is written.
 */
final class Receivers {

    private static final int REMEMBERED = 20_000;
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final DatabaseClient unbound;
    private final ConnectionAccess access;
    private final GraphReads reads;
    private final PlatformApps apps;
    private final Cache<UUID, Remembered> remembered;

    private record Remembered(long since, CompletableFuture<Optional<Receiver>> found) {}

    Receivers(
            ConnectionFactory unbound,
            ConnectionAccess access,
            GraphReads reads,
            PlatformApps apps,
            Duration rememberedFor) {
        this.unbound = DatabaseClient.create(unbound);
        this.access = access;
        this.reads = reads;
        this.apps = apps;
        this.remembered =
                Caffeine.newBuilder()
                        .maximumSize(REMEMBERED)
                        .expireAfterWrite(rememberedFor)
                        .build();
    }

    /** Who receives for a connection; empty where nobody does. */
    Mono<Optional<Receiver>> find(UUID connection) {
        return answer(connection, Objects.requireNonNull(remembered.get(connection, this::ask)));
    }

    /**
     * Who receives now, read again at most once a second: a secret may be newer than what is
     * remembered.
     */
    Mono<Optional<Receiver>> findAgain(UUID connection) {
        long now = System.nanoTime();
        Remembered fresh =
                remembered
                        .asMap()
                        .compute(
                                connection,
                                (id, known) ->
                                        known == null || now - known.since() > FRESH.toNanos()
                                                ? ask(id)
                                                : known);
        return answer(connection, Objects.requireNonNull(fresh));
    }

    /** Forgets what is known of a connection that was changed here. */
    void forget(UUID connection) {
        remembered.invalidate(connection);
    }

    private Mono<Optional<Receiver>> answer(UUID connection, Remembered answer) {
        // Others wait for the same answer, so one that goes away must not cancel it.
        return Mono.fromFuture(answer.found(), true)
                .doOnError(_ -> remembered.asMap().remove(connection, answer));
    }

    private Remembered ask(UUID connection) {
        return new Remembered(
                System.nanoTime(),
                unbound.sql("SELECT tenant_id FROM tenant_of_connection(:connection)")
                        .bind("connection", connection)
                        .map(row -> new TenantId(Objects.requireNonNull(row.get(0, String.class))))
                        .one()
                        .flatMap(tenant -> open(tenant, connection))
                        .toFuture()
                        .thenApply(Optional::ofNullable));
    }

    private Mono<Receiver> open(TenantId tenant, UUID connection) {
        return access.open(connection)
                .filter(open -> open.connection().takesDeliveries())
                .flatMap(open -> receiver(tenant, open))
                .filter(receiver -> receiver.config().isEnabled())
                .contextWrite(TenantContext.of(tenant));
    }

    private Mono<Receiver> receiver(TenantId tenant, OpenConnection open) {
        ProviderWebhook webhook = open.provider().webhook();
        UUID id = open.connection().id();
        return webhook == null
                ? Mono.empty()
                : Mono.zip(
                                reads.lookup(WebhookConfig.LOOKUP, List.of(id)),
                                ofPlatform(open, webhook))
                        .map(
                                read ->
                                        new Receiver(
                                                tenant,
                                                open,
                                                webhook,
                                                read.getT1()
                                                        .getOrDefault(id, WebhookConfig.DEFAULT),
                                                read.getT2()));
    }

    /** What an owner allowed in the browser is signed by the app that asked. */
    private Mono<List<Secret>> ofPlatform(OpenConnection open, ProviderWebhook webhook) {
        return open.provider().oauth() == null
                        || !open.validSecrets(webhook.secretField()).isEmpty()
                ? Mono.just(List.of())
                : apps.of(open.provider().provider())
                        .map(app -> app.secret("client_secret").stream().toList())
                        .defaultIfEmpty(List.of());
    }
}
