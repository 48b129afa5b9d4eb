package io.customergraph.graphql;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;

import io.customergraph.tenant.Caller;
import io.customergraph.tenant.TenantContext;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What the fields of one request wait for. Fields ask for single things; when the execution can go
 * no further, everything asked for since the last time is read, alike things in one statement. So
 * the number of statements follows from the shape of a request alone: a wave for each level.
 *
 * <p>Used by the request's {@link Lane} only, one thread at a time.
 */
public final class Batches {

    private final Lane lane = new Lane(this::send);
    private final ContextView context;
    private final List<CompletableFuture<?>> reads = new ArrayList<>();
    private Map<Object, Batch<?, ?>> open = new LinkedHashMap<>();

    /**
     * Of a new request.
     *
     * @param context whose request it is
     */
    Batches(ContextView context) {
        this.context = context;
    }

    static Batches of(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getGraphQlContext().<Batches>get(Batches.class));
    }

    /** Makes the batches known to the fetchers of an execution. */
    void addTo(GraphQLContext.Builder execution) {
        execution.of(Batches.class, this);
    }

    /** Whose request it is. */
    Caller caller() {
        return TenantContext.caller(context);
    }

    Lane lane() {
        return lane;
    }

    /**
     * The thing of a key, once the batch was read; null where there is none.
     *
     * @param alike equal for keys that one read serves
     * @param read gets distinct keys, and leaves those out that it finds nothing for
     */
    <K, V> CompletableFuture<@Nullable V> load(
            Object alike, K key, Function<Collection<K>, Mono<Map<K, V>>> read) {
        @SuppressWarnings("unchecked") // Alike keys come with the same read.
        Batch<K, V> batch = (Batch<K, V>) open.computeIfAbsent(alike, first -> new Batch<>(read));
        return batch.answerTo(key);
    }

    /**
     * The answer of a fetcher, continued in the lane; fields that wait for it are not read before.
     */
    <T extends @Nullable Object> CompletableFuture<T> await(CompletionStage<T> answer) {
        CompletableFuture<T> inLane = new CompletableFuture<>();
        lane.await(
                answer,
                (value, failure) -> {
                    if (failure == null) {
                        inLane.complete(value);
                    } else {
                        inLane.completeExceptionally(causeOf(failure));
                    }
                });
        return inLane;
    }

    private void send() {
        if (open.isEmpty()) {
            return;
        }
        Map<Object, Batch<?, ?>> full = open;
        open = new LinkedHashMap<>();
        reads.clear();
        full.values().forEach(this::send);
    }

    private <K, V> void send(Batch<K, V> batch) {
        CompletableFuture<@Nullable Map<K, V>> answer =
                Mono.defer(() -> batch.read.apply(batch.waiting.keySet()))
                        .contextWrite(context)
                        .toFuture();
        reads.add(answer);
        lane.await(answer, batch::complete);
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    /** Gives up what is being read. */
    void cancel() {
        lane.execute(() -> reads.forEach(read -> read.cancel(true)));
    }

    private static final class Batch<K, V> {

        final Function<Collection<K>, Mono<Map<K, V>>> read;
        final Map<K, CompletableFuture<@Nullable V>> waiting = new LinkedHashMap<>();

        Batch(Function<Collection<K>, Mono<Map<K, V>>> read) {
            this.read = read;
        }

        @SuppressWarnings("NullAway") // It loses sight of null within a map's type arguments.
        CompletableFuture<@Nullable V> answerTo(K key) {
            return waiting.computeIfAbsent(key, asked -> new CompletableFuture<>());
        }

        void complete(@Nullable Map<K, V> found, @Nullable Throwable failure) {
            waiting.forEach(
                    (key, asked) -> {
                        if (failure != null) {
                            asked.completeExceptionally(causeOf(failure));
                        } else {
                            asked.complete(found == null ? null : found.get(key));
                        }
                    });
        }
    }
}
