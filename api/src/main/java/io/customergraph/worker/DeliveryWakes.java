package io.customergraph.worker;

import io.customergraph.tenant.TenantId;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.ConnectionFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.Optional;

/**
 * Hears from the database whose deliveries came in, by one connection that does nothing else. It is
 * opened again when it breaks; what came meanwhile nobody heard of, so everybody is woken then.
 */
final class DeliveryWakes {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWakes.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ConnectionFactory connections;

    DeliveryWakes(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** Whose deliveries came; empty for anybody's. Never ends. */
    Flux<Optional<TenantId>> wakes() {
        return Flux.usingWhen(
                        Mono.from(connections.create()).cast(PostgresqlConnection.class),
                        DeliveryWakes::listen,
                        PostgresqlConnection::close)
                .concatWith(Mono.error(() -> new IllegalStateException("The connection ended")))
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                                .maxBackoff(LONGEST_PAUSE)
                                .transientErrors(true)
                                .doBeforeRetry(
                                        retry ->
                                                LOG.warn(
                                                        "Notifications of deliveries broke off: {}",
                                                        retry.failure().getClass().getName())));
    }

    private static Flux<Optional<TenantId>> listen(PostgresqlConnection connection) {
        return connection
                .createStatement("LISTEN integration_events")
                .execute()
                .flatMap(result -> result.getRowsUpdated())
                .then()
                .thenMany(
                        connection
                                .getNotifications()
                                .map(DeliveryWakes::tenant)
                                .startWith(Optional.<TenantId>empty()));
    }

    private static Optional<TenantId> tenant(Notification notification) {
        String tenant = notification.getParameter();
        return tenant == null || tenant.isEmpty()
                ? Optional.empty()
                : Optional.of(new TenantId(tenant));
    }
}
