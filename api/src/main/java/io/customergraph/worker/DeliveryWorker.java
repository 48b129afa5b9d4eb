package io.customergraph.worker;

import io.customergraph.delivery.DeliveryQueue;
import io.customergraph.delivery.Worked;
import io.customergraph.tenant.TenantContext;
import io.customergraph.tenant.TenantId;
import io.r2dbc.spi.ConnectionFactory;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Works at deliveries in rounds: one batch of each connection that has something to do, of one
 * tenant after the other, so that nobody waits for more than one batch of anybody else's. Who had
 * something is in the next round; when nobody has, it waits until the database, a due retry or the
 * poll wakes it.
 */
final class DeliveryWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final String WHOSE_WAIT = "SELECT tenants_with_due_integration_events()";
    private static final int MOST_TIMERS = 1024;
    private static final Duration LAST_BATCHES = Duration.ofSeconds(15);

    private final DeliveryQueue queue;
    private final DatabaseClient unbound;
    private final DeliveryWakes notifications;
    private final DeliverySettings settings;
    private final DeliveryMeters meters;
    private final Set<TenantId> woken = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isAnybodyWoken = new AtomicBoolean();
    private final Sinks.Many<Long> signals = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<Retry> retries = Sinks.many().multicast().directBestEffort();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private volatile @Nullable CompletableFuture<?> running;
    private volatile boolean isStopping;

    DeliveryWorker(
            DeliveryQueue queue,
            ConnectionFactory unbound,
            DeliveryWakes notifications,
            DeliverySettings settings,
            DeliveryMeters meters) {
        this.queue = queue;
        this.unbound = DatabaseClient.create(unbound);
        this.notifications = notifications;
        this.settings = settings;
        this.meters = meters;
    }

    /** A connection that has something to do. */
    private record Job(TenantId tenant, UUID connection) {}

    /** Whose delivery is due again, and when. */
    private record Retry(TenantId tenant, Instant at) {}

    @Override
    public void start() {
        Flux<Long> polls =
                Flux.interval(Duration.ZERO, settings.pollInterval())
                        .onBackpressureDrop()
                        .doOnNext(tick -> wake(Optional.empty()));
        Flux<Long> heard =
                notifications.wakes().doOnNext(this::wake).ignoreElements().cast(Long.class).flux();
        Flux<Long> due =
                retries.asFlux()
                        .flatMap(this::awaitDue, MOST_TIMERS)
                        .ignoreElements()
                        .cast(Long.class)
                        .flux();
        running =
                Flux.merge(signals.asFlux(), polls, heard, due)
                        .takeUntilOther(stopping.asMono())
                        .onBackpressureLatest()
                        .concatMap(wake -> rounds(), 1)
                        .then()
                        .toFuture();
    }

    private void wake(Optional<TenantId> whose) {
        whose.ifPresentOrElse(woken::add, () -> isAnybodyWoken.set(true));
        signals.tryEmitNext(0L);
    }

    private Mono<Void> awaitDue(Retry retry) {
        Duration wait = Duration.between(Instant.now(), retry.at).plusMillis(5);
        return Mono.delay(wait.isNegative() ? Duration.ZERO : wait)
                .doOnNext(now -> wake(Optional.of(retry.tenant)))
                .then();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** Lets batches that are under way come to their end; what does not is another node's later. */
    @Override
    public void stop() {
        CompletableFuture<?> current = running;
        isStopping = true;
        stopping.tryEmitEmpty();
        if (current != null) {
            try {
                current.get(LAST_BATCHES.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                current.cancel(true);
            } catch (ExecutionException | TimeoutException unfinished) {
                current.cancel(true);
            }
        }
        running = null;
    }

    private Mono<Void> rounds() {
        return Mono.defer(this::round)
                .repeat(() -> !isStopping && (!woken.isEmpty() || isAnybodyWoken.get()))
                .then();
    }

    private Mono<Void> round() {
        return whoseTurn()
                .flatMap(this::jobs)
                .flatMapMany(jobs -> Flux.fromIterable(shared(jobs)))
                .flatMap(this::work, settings.concurrency())
                .then()
                .onErrorResume(DeliveryWorker::note);
    }

    private Mono<List<TenantId>> whoseTurn() {
        List<TenantId> named = List.copyOf(woken);
        named.forEach(woken::remove);
        if (!isAnybodyWoken.getAndSet(false)) {
            return Mono.just(named);
        }
        return meters.measure(unbound)
                .thenMany(
                        unbound.sql(WHOSE_WAIT)
                                .map(
                                        row ->
                                                new TenantId(
                                                        Objects.requireNonNull(
                                                                row.get(0, String.class))))
                                .all())
                .concatWithValues(named.toArray(TenantId[]::new))
                .distinct()
                .collectList();
    }

    /** A connection of each tenant, then a second one of each, and so on. */
    private Mono<List<Job>> jobs(List<TenantId> tenants) {
        return Flux.fromIterable(tenants)
                .concatMap(
                        tenant ->
                                queue.dueConnections()
                                        .map(
                                                due ->
                                                        due.stream()
                                                                .map(one -> new Job(tenant, one))
                                                                .toList())
                                        .contextWrite(TenantContext.of(tenant)))
                .collectList()
                .map(DeliveryWorker::inTurns);
    }

    private static List<Job> inTurns(List<List<Job>> ofTenants) {
        List<Job> inTurns = new ArrayList<>();
        int most = ofTenants.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < most; turn++) {
            for (List<Job> jobs : ofTenants) {
                if (turn < jobs.size()) {
                    inTurns.add(jobs.get(turn));
                }
            }
        }
        return inTurns;
    }

    /** Where there are fewer connections than may be worked at, each is worked at several times. */
    private List<Job> shared(List<Job> jobs) {
        int times = jobs.isEmpty() ? 0 : Math.max(1, settings.concurrency() / jobs.size());
        List<Job> shared = new ArrayList<>(jobs.size() * times);
        for (int n = 0; n < times; n++) {
            shared.addAll(jobs);
        }
        return shared;
    }

    private Mono<Void> work(Job job) {
        return queue.work(job.connection)
                .contextWrite(TenantContext.of(job.tenant))
                .doOnNext(worked -> after(job, worked))
                .then()
                .onErrorResume(DeliveryWorker::note);
    }

    private void after(Job job, Worked worked) {
        meters.count(worked);
        if (worked.isSomething()) {
            woken.add(job.tenant);
        }
        Instant next = worked.nextAttempt();
        // What is due later, the poll finds.
        if (next != null && next.isBefore(Instant.now().plus(settings.pollInterval()))) {
            retries.tryEmitNext(new Retry(job.tenant, next));
        }
    }

    /** A database's messages quote values, so only the kind is written down. */
    private static Mono<Void> note(Throwable failure) {
        LOG.warn("Work at deliveries failed and waits: {}", failure.getClass().getName());
        return Mono.empty();
    }
}
