package io.customergraph.delivery;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Group commit: what comes while a write is under way goes together into the next one, and each is
 * told when that one is through. So a write that waits for the disk waits once for many, and what
 * comes alone waits for nobody.
 *
 * @param <T> what is to be written
 * @param <R> what is known of it then
 */
final class GroupedWrites<T, R> {

    private final String what;
    private final int capacity;
    private final int mostAtOnce;
    private final int lanes;
    private final Function<List<T>, Mono<List<R>>> write;
    private final Queue<Waiting<T, R>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();

    private record Waiting<T, R>(T item, Sinks.One<R> done) {}

    /**
     * Writes in groups.
     *
     * @param what is written, for messages
     * @param capacity how many may wait, the rest is refused
     * @param mostAtOnce how many one write takes
     * @param lanes how many writes are under way at once
     * @param write gives a result for each item, in their order
     */
    GroupedWrites(
            String what,
            int capacity,
            int mostAtOnce,
            int lanes,
            Function<List<T>, Mono<List<R>>> write) {
        this.what = what;
        this.capacity = capacity;
        this.mostAtOnce = mostAtOnce;
        this.lanes = lanes;
        this.write = write;
    }

    /**
     * Completes when the item is written; it is written too where nobody waits for it any more.
     *
     * @return {@link Overloaded} as its error where too many wait
     */
    Mono<R> add(T item) {
        return Mono.defer(
                () -> {
                    if (waiting.incrementAndGet() > capacity) {
                        waiting.decrementAndGet();
                        return Mono.error(new Overloaded(what));
                    }
                    Sinks.One<R> done = Sinks.one();
                    queue.add(new Waiting<>(item, done));
                    drain();
                    return done.asMono();
                });
    }

    private void drain() {
        while (!queue.isEmpty()) {
            if (running.incrementAndGet() > lanes) {
                // Whoever holds the lane looks at the queue again after it gave the lane back.
                if (running.decrementAndGet() >= lanes) {
                    return;
                }
                continue;
            }
            List<Waiting<T, R>> group = take();
            if (group.isEmpty()) {
                running.decrementAndGet();
            } else {
                run(group);
            }
        }
    }

    private List<Waiting<T, R>> take() {
        List<Waiting<T, R>> group = new ArrayList<>();
        Waiting<T, R> next;
        while (group.size() < mostAtOnce && (next = queue.poll()) != null) {
            waiting.decrementAndGet();
            group.add(next);
        }
        return group;
    }

    private void run(List<Waiting<T, R>> group) {
        Mono.defer(() -> write.apply(group.stream().map(Waiting::item).toList()))
                .doFinally(
                        _ -> {
                            running.decrementAndGet();
                            drain();
                        })
                .subscribe(
                        results -> tell(group, results),
                        failure -> group.forEach(one -> one.done().tryEmitError(failure)));
    }

    private static <T, R> void tell(List<Waiting<T, R>> group, List<R> results) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).done().tryEmitValue(results.get(i));
        }
    }
}
