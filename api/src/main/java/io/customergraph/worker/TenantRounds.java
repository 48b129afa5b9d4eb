package io.customergraph.worker;

import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.ConnectionFactory;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Does the work that waits, one tenant after the other, from time to time and when it is woken.
 * What fails stays where it is for the next round.
 */
abstract class TenantRounds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TenantRounds.class);

    private final String name;
    private final DatabaseClient unbound;
    private final String whoseWorkWaits;
    private final Map<String, ?> parameters;
    private final Supplier<? extends Mono<?>> work;
    private final Duration interval;
    private final Sinks.Many<Long> wakes = Sinks.many().multicast().directBestEffort();
    private volatile @Nullable Disposable running;

    /**
     * Rounds of one kind of work.
     *
     * @param whoseWorkWaits a statement that names tenants, for which no tenant is set
     * @param work of the tenant of the context; true where there is more of it at once
     */
    TenantRounds(
            String name,
            ConnectionFactory unbound,
            String whoseWorkWaits,
            Duration interval,
            Supplier<? extends Mono<?>> work) {
        this(name, unbound, whoseWorkWaits, Map.of(), interval, work);
    }

    /**
     * Rounds of one kind of work.
     *
     * @param parameters of the statement, by their names
     */
    TenantRounds(
            String name,
            ConnectionFactory unbound,
            String whoseWorkWaits,
            Map<String, ?> parameters,
            Duration interval,
            Supplier<? extends Mono<?>> work) {
        this.name = name;
        this.unbound = DatabaseClient.create(unbound);
        this.whoseWorkWaits = whoseWorkWaits;
        this.parameters = Map.copyOf(parameters);
        this.interval = interval;
        this.work = work;
    }

    @Override
    public final void start() {
        running =
                Flux.interval(interval)
                        .mergeWith(wakes.asFlux())
                        .onBackpressureLatest()
                        .concatMap(tick -> round().onErrorResume(this::note), 1)
                        .subscribe();
    }

    /** Does not wait for the next time. */
    public final void wake() {
        wakes.tryEmitNext(0L);
    }

    @Override
    public final boolean isRunning() {
        return running != null;
    }

    @Override
    public final void stop() {
        Disposable current = running;
        if (current != null) {
            current.dispose();
        }
        running = null;
    }

    /** The work of the tenant of the context, now; what fails waits. */
    public final Mono<Void> work() {
        return Mono.defer(() -> work.get().doOnNext(this::goOn).then()).onErrorResume(this::note);
    }

    /** With the next round, so that it is the others' turn first. */
    private void goOn(Object result) {
        if (result.equals(true)) {
            wake();
        }
    }

    private Mono<Void> round() {
        return unbound.sql(whoseWorkWaits)
                .bindValues(parameters)
                .map(row -> new TenantId(Objects.requireNonNull(row.get(0, String.class))))
                .all()
                .collectList()
                .flatMapIterable(tenants -> tenants)
                .concatMap(tenant -> work().contextWrite(TenantContext.of(tenant)))
                .then();
    }

    /** A database's messages quote values, so only the kind is written down. */
    private Mono<Void> note(Throwable failure) {
        LOG.warn("{} failed and waits for another time: {}", name, failure.getClass().getName());
        return Mono.empty();
    }
}
