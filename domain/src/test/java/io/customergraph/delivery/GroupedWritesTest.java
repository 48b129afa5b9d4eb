package io.customergraph.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

class GroupedWritesTest {

    private final List<List<Integer>> groups = new ArrayList<>();
    private final Sinks.One<Integer> disk = Sinks.one();

    private Mono<List<Integer>> slowly(List<Integer> group) {
        groups.add(group);
        return disk.asMono().map(_ -> group.stream().map(i -> i * 10).toList());
    }

    @Test
    void what_comes_during_a_write_goes_together_into_the_next() {
        GroupedWrites<Integer, Integer> writes =
                new GroupedWrites<>("numbers", 10, 3, 1, this::slowly);
        ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();

        for (int i = 1; i <= 5; i++) {
            writes.add(i).subscribe(done::add);
        }
        assertThat(groups).containsExactly(List.of(1));
        assertThat(done).isEmpty();
        disk.tryEmitValue(0);

        assertThat(groups).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
        assertThat(done).containsExactly(10, 20, 30, 40, 50);
    }

    @Test
    void more_than_may_wait_is_refused_at_once() {
        GroupedWrites<Integer, Integer> writes =
                new GroupedWrites<>("numbers", 2, 3, 1, this::slowly);
        writes.add(1).subscribe();
        writes.add(2).subscribe();
        writes.add(3).subscribe();

        StepVerifier.create(writes.add(4)).expectError(Overloaded.class).verify();
        disk.tryEmitValue(0);

        StepVerifier.create(writes.add(5)).expectNext(50).verifyComplete();
    }

    @Test
    void a_write_that_fails_tells_its_own_group_only() {
        GroupedWrites<Integer, Integer> writes =
                new GroupedWrites<>(
                        "numbers",
                        10,
                        1,
                        1,
                        group ->
                                group.contains(1)
                                        ? Mono.error(new IllegalStateException("no"))
                                        : Mono.just(group));

        StepVerifier.create(writes.add(1)).expectErrorMessage("no").verify();
        StepVerifier.create(writes.add(2)).expectNext(2).verifyComplete();
    }

    @Test
    void each_of_many_from_many_threads_gets_its_own_answer() {
        GroupedWrites<Integer, Integer> writes =
                new GroupedWrites<>(
                        "numbers",
                        100_000,
                        64,
                        2,
                        group -> Mono.just(group).subscribeOn(Schedulers.parallel()));

        List<Integer> wrong =
                Flux.range(0, 50_000)
                        .flatMap(
                                i ->
                                        Mono.defer(() -> writes.add(i))
                                                .subscribeOn(Schedulers.boundedElastic())
                                                .filter(got -> !got.equals(i)),
                                256)
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        assertThat(wrong).isEmpty();
    }
}
