package io.customergraph.matching.bench;

import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.compare.NameComparator;
import io.customergraph.matching.compare.NameComparator.Name;
import io.customergraph.matching.normalize.Email;
import io.customergraph.matching.normalize.PersonName;
import io.customergraph.matching.normalize.Phone;
import io.customergraph.matching.score.Explanation;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.matching.score.PairScorer;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A thousand different values by turns, so that none is remembered from the call before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MatchingBenchmark {

    private static final int VALUES = 1024;

    private static final List<String> FIRST =
            List.of("Mohamed", "Sara", "محمد", "Jean-Pierre", "Fatima", "José", "Layla", "Omar");

    private static final List<String> LAST =
            List.of("Al-Harbi", "Haddad", "الحربي", "Dupont", "Garcia", "Benali", "Smith", "Khan");

    private final String[] emails = new String[VALUES];
    private final String[] phones = new String[VALUES];
    private final String[] names = new String[VALUES];
    private final Name[] lastNames = new Name[VALUES];
    private final PairScorer scorer =
            new PairScorer(
                    MatchModel.shipped(100_000),
                    new FieldKind.Reading("SA", LocalDate.parse("2026-11-21")));
    private final PairScorer.Person[] people = new PairScorer.Person[VALUES];
    private int turn;

    public MatchingBenchmark() {
        Random random = new Random(1);
        NameComparator comparator = NameComparator.ofFamilyNames();
        for (int n = 0; n < VALUES; n++) {
            String first = FIRST.get(random.nextInt(FIRST.size()));
            String last = LAST.get(random.nextInt(LAST.size()));
            emails[n] = "User.%d+Shop@%s".formatted(n, n % 2 == 0 ? "gmail.com" : "example.com");
            phones[n] =
                    (n % 2 == 0 ? "05%08d" : "+966 5%08d").formatted(random.nextInt(100_000_000));
            names[n] = first + " " + last;
            lastNames[n] = Objects.requireNonNull(comparator.prepare(last + (char) ('a' + n % 26)));
            people[n] =
                    scorer.person(
                            Map.of(
                                    FieldKind.FIRST_NAME, List.of(first),
                                    FieldKind.LAST_NAME, List.of(last),
                                    FieldKind.EMAIL, List.of(emails[n]),
                                    FieldKind.PHONE, List.of(phones[n]),
                                    FieldKind.CITY, List.of("Jeddah"),
                                    FieldKind.BIRTH_DATE, List.of("1980-01-" + (10 + n % 18))));
        }
    }

    private int next() {
        turn = (turn + 1) % VALUES;
        return turn;
    }

    @Benchmark
    public Optional<Email> email() {
        return Email.of(emails[next()]);
    }

    @Benchmark
    public Optional<Phone> phone() {
        return Phone.of(phones[next()], "SA");
    }

    @Benchmark
    public PersonName name() {
        return PersonName.ofFull(names[next()]);
    }

    @Benchmark
    public int compareNames() {
        return NameComparator.ofFamilyNames()
                .compare(lastNames[next()], lastNames[(turn * 7) % VALUES]);
    }

    @Benchmark
    public Explanation explain() {
        return scorer.explain(people[next()], people[(turn * 7) % VALUES]);
    }
}
