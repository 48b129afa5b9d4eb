package io.customergraph.graphql;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * One request's execution: on any thread, but on one at a time. Whoever finds the lane empty
 * drives; what others bring meanwhile is taken along.
 *
 * <p>Answers of the database arrive on many threads. Were each processed where it arrives, one
 * thread would send a batch while another still fills it, and the number of statements would be a
 * matter of luck.
 */
final class Lane implements Executor {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Runnable whenDone;

    /** How many answers are outstanding. Only touched by who drives. */
    private int outstanding;

    /**
     * An empty lane.
     *
     * @param whenDone what to do each time nothing can go on: no task waits, no answer is
     *     outstanding
     */
    Lane(Runnable whenDone) {
        this.whenDone = whenDone;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            drive();
        }
    }

    private void drive() {
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
            if (waiting.get() == 1 && outstanding == 0) {
                whenDone.run();
            }
        } while (waiting.decrementAndGet() > 0);
    }

    /** Goes on in the lane when the answer is there. To be called by who drives. */
    <T extends @Nullable Object> void await(
            CompletionStage<T> answer, BiConsumer<T, @Nullable Throwable> goOn) {
        outstanding++;
        answer.whenCompleteAsync(
                (value, failure) -> {
                    outstanding--;
                    goOn.accept(value, failure);
                },
                this);
    }
}
