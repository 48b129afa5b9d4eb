package io.customergraph.worker;

import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Deletes calls to providers and counts of hours once they are older than is kept, in parts. */
@Component
final class CallRetention extends CleanUp {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int PART = 5_000;
    private static final String CLEAN_UP =
            "SELECT cleanup_old_integration_calls(:calls, :hours, :part)";

    private final DatabaseClient unbound;
    private final DeliverySettings settings;

    CallRetention(@Qualifier("unbound") ConnectionFactory unbound, DeliverySettings settings) {
        super("Old calls", INTERVAL);
        this.unbound = DatabaseClient.create(unbound);
        this.settings = settings;
    }

    @Override
    Mono<Void> cleanUp() {
        return inParts(this::deletePart);
    }

    private Mono<Integer> deletePart() {
        Instant now = Instant.now();
        return unbound.sql(CLEAN_UP)
                .bind("calls", now.minus(settings.keepCalls()))
                .bind("hours", now.minus(settings.keepMetrics()))
                .bind("part", PART)
                .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                .one();
    }
}
