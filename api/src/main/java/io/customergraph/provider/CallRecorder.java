package io.customergraph.provider;

import io.customergraph.integration.CallLog;
import io.customergraph.integration.LoggedCall;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Has calls written down in the background, so that none waits for it. What the queue cannot hold
 * is dropped and counted ({@code customergraph.integration.calls.unlogged}).
 */
@Component
final class CallRecorder implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CallRecorder.class);
    private static final int BATCH = 500;
    private static final Duration LAST_WRITE = Duration.ofSeconds(5);

    private final CallLog log;
    private final BlockingQueue<CallRecord> waiting;
    private final Duration interval;
    private final Counter unlogged;
    private volatile @Nullable Disposable running;

    CallRecorder(CallLog log, ProviderSettings settings, MeterRegistry meters) {
        this.log = log;
        this.waiting = new ArrayBlockingQueue<>(settings.logQueue());
        this.interval = settings.logInterval();
        this.unlogged = meters.counter("customergraph.integration.calls.unlogged");
    }

    /** Takes note of a call; never waits. */
    void record(TenantId tenant, LoggedCall call) {
        if (!waiting.offer(new CallRecord(tenant, call))) {
            unlogged.increment();
        }
    }

    @Override
    public void start() {
        running =
                Flux.interval(interval)
                        .onBackpressureDrop()
                        .concatMap(tick -> writeAll(), 1)
                        .subscribe();
    }

    /** Writes down what waits, in batches. */
    Mono<Void> writeAll() {
        return Mono.defer(this::writeBatch).repeat(() -> !waiting.isEmpty()).then();
    }

    private Mono<Void> writeBatch() {
        List<CallRecord> batch = new ArrayList<>(BATCH);
        waiting.drainTo(batch, BATCH);
        Map<TenantId, List<LoggedCall>> byTenant = new HashMap<>();
        for (CallRecord one : batch) {
            byTenant.computeIfAbsent(one.tenant(), tenant -> new ArrayList<>()).add(one.call());
        }
        return Flux.fromIterable(byTenant.entrySet())
                .concatMap(
                        calls ->
                                log.write(calls.getValue())
                                        .contextWrite(TenantContext.of(calls.getKey()))
                                        .onErrorResume(
                                                failure -> dropped(calls.getValue(), failure)))
                .then();
    }

    /** A database's messages quote values, so only the kind is written down. */
    private Mono<Void> dropped(List<LoggedCall> calls, Throwable failure) {
        unlogged.increment(calls.size());
        LOG.warn(
                "{} calls to providers were not written down: {}",
                calls.size(),
                failure.getClass().getName());
        return Mono.empty();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public void stop() {
        Disposable current = running;
        if (current != null) {
            current.dispose();
            writeAll().block(LAST_WRITE);
        }
        running = null;
    }
}
