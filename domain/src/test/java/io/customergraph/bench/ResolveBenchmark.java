package io.customergraph.bench;

import static io.customergraph.testing.Records.person;
import static io.customergraph.testing.Records.ticket;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.Resolution;
import io.customergraph.ingest.SourceRecord;
import io.customergraph.tenant.TenantContext;
import io.customergraph.testing.DatabaseTraffic;
import io.customergraph.testing.DatabaseTraffic.Heard;
import io.customergraph.testing.TestDatabase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * Takes tickets of known persons in, one by one and in batches, on a tenant of a million
 * identifiers, and prints what the database was asked and how long it took.
 */
final class ResolveBenchmark {

    private static final int PEOPLE = 500_000;
    private static final int BATCH = 500;
    private static final int WARM_UP = 2_000;
    private static final int ONE_BY_ONE = 4_000;
    private static final int BATCHES = 40;

    private final ManyPeople people;
    private final SplittableRandom random = new SplittableRandom(1);

    private ResolveBenchmark(ManyPeople people) {
        this.people = people;
    }

    public static void main(String[] arguments) {
        TestDatabase database = TestDatabase.shared();
        ResolveBenchmark benchmark = new ResolveBenchmark(ManyPeople.of(database, PEOPLE));
        print("%,d identifiers of %,d people".formatted(benchmark.people.identifiers(), PEOPLE));
        try (DatabaseTraffic slow = new DatabaseTraffic(database, Duration.ofMillis(10))) {
            benchmark.count(slow, 1);
            benchmark.count(slow, BATCH);
        }
        benchmark.time(new Ingestion(database.client(), database.transaction()));
        System.exit(0);
    }

    private void count(DatabaseTraffic traffic, int records) {
        Ingestion ingestion = traffic.ingestion();
        take(ingestion, records);
        List<Heard> heard = traffic.during(() -> take(ingestion, records));
        print(
                "\n%,d records of known persons: answers and round trips until then"
                        .formatted(records));
        for (Heard one : heard) {
            print("  %2d  %s".formatted(one.roundTrips(), beginning(one.text())));
        }
        long statements = heard.stream().filter(one -> !one.text().endsWith("Transaction")).count();
        int reads = heard.get(2).roundTrips() - heard.get(0).roundTrips();
        print(
                "  %d statements, %d round trips; who it is was read in %d"
                        .formatted(statements, heard.getLast().roundTrips(), reads));
    }

    private void time(Ingestion ingestion) {
        measure(ingestion, WARM_UP, 1);
        measure(ingestion, WARM_UP / BATCH, BATCH);
        long[] one = measure(ingestion, ONE_BY_ONE, 1);
        long[] batch = measure(ingestion, BATCHES, BATCH);
        print("\nto take in, with all that is written and the commit (fsync off):");
        print("  one record     median %7.2f ms  p99 %7.2f ms".formatted(ms(one, 50), ms(one, 99)));
        print(
                "  %d records    median %7.2f ms  p99 %7.2f ms"
                        .formatted(BATCH, ms(batch, 50), ms(batch, 99)));
        double perSecondAlone = 1e9 * one.length / Arrays.stream(one).sum();
        double perSecond = 1e9 * BATCH * batch.length / Arrays.stream(batch).sum();
        print(
                "  records a second: %,.0f one by one, %,.0f in batches: %.1f times as many"
                        .formatted(perSecondAlone, perSecond, perSecond / perSecondAlone));
    }

    private long[] measure(Ingestion ingestion, int times, int records) {
        LongUnaryOperator once =
                n -> {
                    List<SourceRecord> batch = tickets(records);
                    long start = System.nanoTime();
                    ingest(ingestion, batch);
                    return System.nanoTime() - start;
                };
        long[] nanos = IntStream.range(0, times).mapToLong(n -> once.applyAsLong(n)).toArray();
        Arrays.sort(nanos);
        return nanos;
    }

    private void take(Ingestion ingestion, int records) {
        ingest(ingestion, tickets(records));
    }

    private void ingest(Ingestion ingestion, List<SourceRecord> records) {
        List<Resolution> resolutions =
                Objects.requireNonNull(
                        ingestion
                                .ingest(records)
                                .contextWrite(TenantContext.of(people.tenant()))
                                .block());
        if (!resolutions.stream().allMatch(Resolution.Linked.class::isInstance)) {
            throw new IllegalStateException("Somebody was not found: " + resolutions);
        }
    }

    /** A ticket each of as many people, drawn anew: half with an address, half with a phone. */
    private List<SourceRecord> tickets(int records) {
        List<SourceRecord> tickets = new ArrayList<>(records);
        for (int n = 0; n < records; n++) {
            int who = random.nextInt(people.people());
            String email = n % 2 == 0 ? ManyPeople.email(who) : null;
            String phone = n % 2 == 0 ? null : ManyPeople.phone(who);
            tickets.add(ticket(person(null, ManyPeople.name(who), email, phone)));
        }
        return tickets;
    }

    private static double ms(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }

    private static String beginning(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.substring(0, Math.min(70, line.length()));
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
