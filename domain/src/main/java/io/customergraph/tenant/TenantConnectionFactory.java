package io.customergraph.tenant;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;

import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;

import java.util.function.UnaryOperator;

/**
 * Hands out database connections that see one tenant's rows only: the tenant of the Reactor
 * context, which row-level security reads from a setting of the session.
 *
 * <p>A pooled connection remembers for whom it was set last, so that a request of the same tenant
 * pays no statement for it. A connection that could not be set goes back unused and remembers
 * nobody. Outside a tenant's context no connection is handed out.
 *
 * <p>The setting belongs to the session: a proxy that shares sessions between transactions (such as
 * PgBouncer's transaction mode) must not stand between.
 */
public final class TenantConnectionFactory implements ConnectionFactory {

    private static final String SET_TENANT = "SELECT set_config('customergraph.tenant', $1, false)";

    private final ConnectionFactory pool;

    private TenantConnectionFactory(ConnectionFactory pool) {
        this.pool = pool;
    }

    /**
     * Puts a pool between.
     *
     * @param physical opens connections
     * @param pooling makes a pool of what it is given; the pooled connections must give the
     *     physical ones back by {@link Wrapped#unwrap(Class)}, as r2dbc-pool's do
     */
    public static TenantConnectionFactory pooled(
            ConnectionFactory physical, UnaryOperator<ConnectionFactory> pooling) {
        return new TenantConnectionFactory(pooling.apply(new TenantRememberingFactory(physical)));
    }

    @Override
    public Publisher<? extends Connection> create() {
        return Mono.deferContextual(
                context -> {
                    TenantId tenant = TenantContext.tenant(context);
                    return Mono.from(pool.create()).flatMap(connection -> bind(connection, tenant));
                });
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return pool.getMetadata();
    }

    /** The pool, for its metrics and its end. */
    public ConnectionFactory pool() {
        return pool;
    }

    private static Mono<Connection> bind(Connection connection, TenantId tenant) {
        TenantMemory memory = memoryOf(connection);
        if (tenant.equals(memory.tenant())) {
            return Mono.just(connection);
        }
        memory.forget();
        return Mono.from(
                        connection.createStatement(SET_TENANT).bind("$1", tenant.value()).execute())
                .flatMapMany(result -> result.map(row -> tenant))
                .last()
                .map(
                        set -> {
                            memory.remember(set);
                            return connection;
                        })
                .onErrorResume(
                        failure -> giveBack(connection).then(Mono.<Connection>error(failure)))
                .doOnCancel(() -> giveBack(connection).subscribe());
    }

    private static Mono<Void> giveBack(Connection connection) {
        return Mono.from(connection.close()).onErrorComplete();
    }

    private static TenantMemory memoryOf(Connection connection) {
        if (connection instanceof Wrapped<?> wrapped) {
            TenantMemory memory = wrapped.unwrap(TenantMemory.class);
            if (memory != null) {
                return memory;
            }
        }
        throw new IllegalStateException(
                "The pool hides the physical connection: " + connection.getClass().getName());
    }
}
