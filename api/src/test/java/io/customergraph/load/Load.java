package io.customergraph.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Sends tickets over a number of connections at once, as fast as they go or at a rate. */
final class Load {

    private final int port;
    private final int senders;
    private final List<Helpdesk> helpdesks;
    private final AtomicLong numbers = new AtomicLong();

    Load(int port, int senders, List<Helpdesk> helpdesks) {
        this.port = port;
        this.senders = senders;
        this.helpdesks = helpdesks;
    }

    /** How many were answered with 2xx in a second, and how long they took. */
    record Outcome(double perSecond, Duration median, Duration p99, Duration longest) {
        static Outcome of(long[] nanos, long took) {
            Arrays.sort(nanos);
            return new Outcome(
                    nanos.length * 1e9 / took,
                    Duration.ofNanos(nanos[nanos.length / 2]),
                    Duration.ofNanos(nanos[nanos.length * 99 / 100]),
                    Duration.ofNanos(nanos[nanos.length - 1]));
        }

        String times() {
            return "median %.1f ms, p99 %.1f ms, longest %.1f ms"
                    .formatted(millis(median), millis(p99), millis(longest));
        }

        private static double millis(Duration time) {
            return time.toNanos() / 1e6;
        }
    }

    /** Each sender sends the next when the one before is answered. */
    Outcome asFastAsItGoes(Duration time) throws InterruptedException {
        return run(time, 0);
    }

    /** At a rate, whether answers come or not: what is late was due at its time all the same. */
    Outcome at(double perSecond, Duration time) throws InterruptedException {
        return run(time, perSecond);
    }

    private Outcome run(Duration time, double perSecond) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        AtomicLong turns = new AtomicLong();
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
            for (int n = 0; n < senders; n++) {
                running.add(threads.submit(() -> send(start, end, perSecond, turns)));
            }
        }
        long[] nanos = running.stream().flatMapToLong(one -> Arrays.stream(of(one))).toArray();
        return Outcome.of(nanos, System.nanoTime() - start);
    }

    private static long[] of(Future<long[]> done) {
        try {
            return done.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private long[] send(long start, long end, double perSecond, AtomicLong turns) {
        long[] nanos = new long[1024];
        int sent = 0;
        try (WebhookSender sender = new WebhookSender(port)) {
            while (true) {
                long turn = turns.getAndIncrement();
                long due =
                        perSecond > 0 ? start + (long) (turn * 1e9 / perSecond) : System.nanoTime();
                if (due >= end) {
                    return Arrays.copyOf(nanos, sent);
                }
                awaitTime(due);
                long number = numbers.incrementAndGet();
                Helpdesk to = helpdesks.get((int) (number % helpdesks.size()));
                int status = sender.send(to.path(), Helpdesk.SECRET, Helpdesk.ticket(number));
                if (status != 200) {
                    throw new IllegalStateException("Answered with " + status);
                }
                if (sent == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * sent);
                }
                nanos[sent++] = System.nanoTime() - due;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void awaitTime(long due) {
        for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    /** How many tickets there are, each sent once. */
    long sent() {
        return numbers.get();
    }
}
