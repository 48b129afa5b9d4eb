package io.customergraph.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

@SuppressWarnings("FutureReturnValueIgnored") // What comes of them is collected.
class BatchesTest {

    private final Batches batches = new Batches(Context.of("tenant", "acme"));
    private final List<List<String>> reads = Collections.synchronizedList(new ArrayList<>());

    @Test
    void all_that_is_asked_for_before_the_request_waits_is_one_read() {
        List<String> answers = new ArrayList<>();

        batches.lane()
                .execute(
                        () -> {
                            ask("a", answers);
                            ask("b", answers);
                            ask("a", answers);
                            assertThat(reads).isEmpty();
                        });

        assertThat(reads).containsExactly(List.of("a", "b"));
        assertThat(answers).containsExactly("A", "A", "B");
    }

    @Test
    void what_answers_ask_for_is_the_next_read_once_all_of_them_are_there() {
        Sinks.One<String> slow = Sinks.one();
        List<String> answers = new ArrayList<>();

        batches.lane()
                .execute(
                        () -> {
                            batches.await(slow.asMono().toFuture())
                                    .thenAccept(value -> ask("of slow", answers));
                            batches.await(CompletableFuture.completedFuture("fast"))
                                    .thenAccept(value -> ask("of fast", answers));
                        });
        assertThat(reads).isEmpty();

        slow.tryEmitValue("slow").orThrow();

        assertThat(reads).containsExactly(List.of("of fast", "of slow"));
        assertThat(answers).hasSize(2);
    }

    @Test
    void a_key_that_nothing_is_found_for_answers_null() {
        List<String> answers = new ArrayList<>();

        batches.lane().execute(() -> ask("nothing", answers));

        assertThat(answers).containsExactly("null");
    }

    @Test
    void a_read_that_fails_fails_for_all_that_wait_and_for_no_other() {
        List<Throwable> failures = new ArrayList<>();
        List<String> answers = new ArrayList<>();

        batches.lane()
                .execute(
                        () -> {
                            for (String key : List.of("a", "b")) {
                                batches.<String, String>load(
                                                "broken",
                                                key,
                                                keys -> {
                                                    throw new IllegalStateException("broken");
                                                })
                                        .whenComplete((value, failure) -> failures.add(failure));
                            }
                            ask("c", answers);
                        });

        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).hasMessage("broken"));
        assertThat(answers).containsExactly("C");
    }

    @Test
    void a_read_runs_for_whom_the_request_is() {
        List<String> tenants = new ArrayList<>();

        batches.lane()
                .execute(
                        () ->
                                batches.<String, String>load(
                                                "tenants",
                                                "key",
                                                keys ->
                                                        Mono.deferContextual(
                                                                context ->
                                                                        Mono.just(
                                                                                Map.of(
                                                                                        "key",
                                                                                        context
                                                                                                .<String>
                                                                                                        get(
                                                                                                                "tenant")))))
                                        .thenAccept(tenants::add));

        assertThat(tenants).containsExactly("acme");
    }

    @Test
    void a_lane_is_driven_by_one_thread_at_a_time() throws InterruptedException {
        AtomicInteger within = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            int start = thread * 1000;
            Thread.ofPlatform()
                    .start(
                            () -> {
                                for (int task = start; task < start + 1000; task++) {
                                    int number = task;
                                    batches.lane()
                                            .execute(
                                                    () -> {
                                                        most.accumulateAndGet(
                                                                within.incrementAndGet(),
                                                                Math::max);
                                                        done.add(number);
                                                        within.decrementAndGet();
                                                    });
                                }
                                all.countDown();
                            });
        }

        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        CountDownLatch last = new CountDownLatch(1);
        batches.lane().execute(last::countDown);
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done).hasSize(4000);
        assertThat(most).hasValue(1);
    }

    private void ask(String key, List<String> answers) {
        batches.<String, String>load("letters", key, this::read)
                .thenAccept(value -> answers.add(String.valueOf(value)));
    }

    private Mono<Map<String, String>> read(Collection<String> keys) {
        reads.add(List.copyOf(keys));
        Map<String, String> found = new HashMap<>();
        for (String key : keys) {
            if (!key.equals("nothing")) {
                found.put(key, key.toUpperCase(Locale.ROOT));
            }
        }
        return Mono.just(found);
    }
}
