package io.customergraph.worker;

import io.r2dbc.spi.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Deletes answers to pushed records once they are old, of all tenants, a bounded number each time.
 */
@Component
final class PushRetention extends CleanUp {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int PART = 1_000;

    private final DatabaseClient unbound;
    private final Duration kept;

    PushRetention(
            @Qualifier("unbound") ConnectionFactory unbound,
            @Value("${customergraph.ingest.keep-answers:3d}") Duration kept) {
        super("Old answers to pushed records", INTERVAL);
        this.unbound = DatabaseClient.create(unbound);
        this.kept = kept;
    }

    @Override
    Mono<Void> cleanUp() {
        return inParts(this::deletePart);
    }

    private Mono<Integer> deletePart() {
        return unbound.sql("SELECT cleanup_old_pushes(:before, :part)")
                .bind("before", Instant.now().minus(kept))
                .bind("part", PART)
                .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                .one();
    }
}
