package io.customergraph.delivery;

import io.customergraph.tenant.TenantConnectionFactory;
import io.customergraph.testing.TestDatabase;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;

import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A node with connections of its own, which all end with it, in the middle of anything. */
final class MortalNode {

    private final Queue<Connection> open = new ConcurrentLinkedQueue<>();
    private final DeliveryQueue queue;
    private volatile boolean isDead;

    MortalNode(QueueSettings settings, Function<TenantConnectionFactory, DeliveryHandler> handler) {
        TenantConnectionFactory connections =
                TestDatabase.connections(TestDatabase.shared().port(), 4, Mortal::new);
        this.queue = Desk.queue(connections, settings, handler.apply(connections));
    }

    private final class Mortal implements ConnectionFactory {

        private final ConnectionFactory physical;

        Mortal(ConnectionFactory physical) {
            this.physical = physical;
        }

        @Override
        public Publisher<? extends Connection> create() {
            return Mono.defer(
                    () ->
                            isDead
                                    ? Mono.error(new IllegalStateException("The node is dead"))
                                    : Mono.from(physical.create()).flatMap(this::opened));
        }

        /** One that was still being opened when the node died is not used any more. */
        private Mono<Connection> opened(Connection connection) {
            open.add(connection);
            return isDead
                    ? Mono.from(connection.close())
                            .then(Mono.error(new IllegalStateException("The node is dead")))
                    : Mono.just(connection);
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return physical.getMetadata();
        }
    }

    DeliveryQueue queue() {
        return queue;
    }

    void kill() {
        isDead = true;
        open.forEach(one -> Mono.from(one.close()).onErrorComplete().subscribe());
    }
}
