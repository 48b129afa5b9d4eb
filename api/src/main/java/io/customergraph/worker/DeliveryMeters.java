package io.customergraph.worker;

import io.customergraph.delivery.Worked;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What operators see of the queue, by provider and for all tenants together: {@code
 * customergraph.deliveries} counts what ended and how, {@code …depth} and {@code …dead} tell how
 * many wait and are dead, {@code …lag} for how many seconds the oldest has waited.
 */
@Component
final class DeliveryMeters {

    private static final String PROVIDER = "provider";
    private static final String DEPTHS =
            "SELECT provider, waiting, dead, oldest FROM integration_queue_depths()";

    private final MeterRegistry meters;
    private final MultiGauge depth;
    private final MultiGauge dead;
    private final MultiGauge lag;

    DeliveryMeters(MeterRegistry meters) {
        this.meters = meters;
        this.depth = MultiGauge.builder("customergraph.deliveries.depth").register(meters);
        this.dead = MultiGauge.builder("customergraph.deliveries.dead").register(meters);
        this.lag =
                MultiGauge.builder("customergraph.deliveries.lag")
                        .baseUnit("seconds")
                        .register(meters);
    }

    private record Depth(String provider, long waiting, long dead, double lag) {}

    void count(Worked worked) {
        String provider = worked.provider();
        if (provider != null) {
            count(provider, "processed", worked.processed());
            count(provider, "ignored", worked.ignored());
            count(provider, "dead", worked.dead());
            count(provider, "failed", worked.failed());
        }
    }

    private void count(String provider, String status, int deliveries) {
        meters.counter("customergraph.deliveries", PROVIDER, provider, "status", status)
                .increment(deliveries);
    }

    /** Reads the gauges' values anew. */
    Mono<Void> measure(DatabaseClient unbound) {
        return unbound.sql(DEPTHS)
                .map(
                        row -> {
                            Instant oldest = row.get(3, Instant.class);
                            return new Depth(
                                    Objects.requireNonNull(row.get(0, String.class)),
                                    Objects.requireNonNull(row.get(1, Long.class)),
                                    Objects.requireNonNull(row.get(2, Long.class)),
                                    oldest == null
                                            ? 0
                                            : Duration.between(oldest, Instant.now()).toMillis()
                                                    / 1000.0);
                        })
                .all()
                .collectList()
                .doOnNext(this::show)
                .then();
    }

    private void show(List<Depth> depths) {
        depth.register(
                depths.stream()
                        .map(one -> MultiGauge.Row.of(Tags.of(PROVIDER, one.provider), one.waiting))
                        .toList(),
                true);
        dead.register(
                depths.stream()
                        .map(one -> MultiGauge.Row.of(Tags.of(PROVIDER, one.provider), one.dead))
                        .toList(),
                true);
        lag.register(
                depths.stream()
                        .map(one -> MultiGauge.Row.of(Tags.of(PROVIDER, one.provider), one.lag))
                        .toList(),
                true);
    }
}
