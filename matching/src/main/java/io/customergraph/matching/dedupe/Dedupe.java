package io.customergraph.matching.dedupe;

import io.customergraph.matching.block.BlockingRule;
import io.customergraph.matching.block.Candidates;
import io.customergraph.matching.block.PairVisitor;
import io.customergraph.matching.cluster.Clusters;
import io.customergraph.matching.cluster.ScoredPairs;
import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.population.Population;
import io.customergraph.matching.score.MatchModel;
import io.customergraph.matching.score.Scorer;
import io.customergraph.matching.score.Training;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** One run over a table, told as it goes. */
final class Dedupe {

    /** Candidates that training looks at, about; more teach it nothing. */
    private static final double TRAINED_ON = 3_000_000;

    /** Pairs below these odds, in bits, are not kept. */
    private static final double FLOOR = -4;

    private static final List<Double> THRESHOLDS = List.of(0.5, 0.9, 0.99, 0.999);

    private final PrintWriter print;
    private final double threshold;
    private final boolean isModelShown;
    private final Stopwatch watch = new Stopwatch();

    Dedupe(PrintWriter print, double threshold, boolean isModelShown) {
        this.print = print;
        this.threshold = threshold;
        this.isModelShown = isModelShown;
    }

    void run(Path file, TableReader.Format format, FieldKind.Reading reading, @Nullable Path out)
            throws IOException {
        Table table = TableReader.read(file, format, reading);
        double readIn = watch.lap();
        describe(file, table, readIn);
        Population people = table.population();
        if (people.size() < 2) {
            tell("There is nothing to compare.");
            return;
        }
        Set<FieldKind> kinds = EnumSet.noneOf(FieldKind.class);
        people.columns().forEach(column -> kinds.add(column.kind()));
        Candidates candidates = new Candidates(people, BlockingRule.of(kinds));
        Scorer scorer = train(people, candidates);
        ScoredPairs pairs = ScoredPairs.of(candidates, scorer, FLOOR);
        double scoredIn = watch.lap();
        tell(
                ("Candidates: %,d pairs by %d rules, scored in %.1f s (%,.0f a second); %,d pairs"
                                + " of too common keys left out")
                        .formatted(
                                pairs.seen(),
                                candidates.rules().size(),
                                scoredIn,
                                pairs.seen() / scoredIn,
                                candidates.leftOut()));
        Clusters clusters = Clusters.of(people.size(), pairs, scorer, MatchModel.bits(threshold));
        int[] persons = persons(people.size(), clusters);
        tell(
                "People: %,d at threshold %s, put together in %.1f s"
                        .formatted(persons[people.size()], threshold, watch.lap()));
        if (out != null) {
            write(out, table, persons);
            tell("Written to %s in %.1f s".formatted(out, watch.lap()));
        }
        double total = watch.total();
        tell("All in %.1f s, %,.0f records a second".formatted(total, people.size() / total));
        IntUnaryOperator truth = table.truth();
        if (truth != null) {
            measure(people, candidates, pairs, scorer, truth);
        }
    }

    private void describe(Path file, Table table, double seconds) {
        tell("%s: %,d records, read in %.1f s".formatted(file, table.population().size(), seconds));
        if (!table.problems().describe().isEmpty()) {
            print.print(table.problems().describe());
        }
        for (int field = 0; field < table.roles().fields().size(); field++) {
            ColumnRoles.Field of = table.roles().fields().get(field);
            var column = table.population().columns().get(field);
            tell(
                    "  %s as %s: %,d values, %,d distinct%s"
                            .formatted(
                                    of.name(),
                                    of.kind().words(),
                                    column.present(),
                                    column.size(),
                                    table.unusable().get(field) == 0
                                            ? ""
                                            : ", %,d unusable"
                                                    .formatted(table.unusable().get(field))));
        }
        if (!table.roles().ignored().isEmpty()) {
            tell(
                    "  not compared: %s (--text or --category compares them)"
                            .formatted(String.join(", ", table.roles().ignored())));
        }
    }

    private Scorer train(Population people, Candidates candidates) {
        Counter counted =
                candidates.visit(1, Counter::new).stream().reduce(new Counter(), Counter::add);
        double share = Math.min(1, TRAINED_ON / Math.max(1, counted.pairs));
        Training.Outcome trained = Training.train(people, candidates, share, "trained");
        tell(
                ("Model: trained without labels on %.0f %% of the candidates in %.1f s; %d rounds,"
                                + " %s (last change %.5f); expects %,.0f pairs of one person")
                        .formatted(
                                share * 100,
                                watch.lap(),
                                trained.rounds(),
                                trained.hasConverged() ? "converged" : "not converged",
                                trained.lastChange(),
                                trained.expectedMatches()));
        if (isModelShown) {
            show(trained.model());
        }
        return Scorer.of(people, trained.model());
    }

    private void show(MatchModel model) {
        tell("  prior %.3g, %.1f bits".formatted(model.prior(), MatchModel.bits(model.prior())));
        for (MatchModel.Field field : model.fields()) {
            for (MatchModel.LevelOdds level : field.levels()) {
                tell(
                        "  %-16s %-14s m %.5f  u %.3g  %+6.1f bits"
                                .formatted(
                                        field.name(),
                                        level.level(),
                                        level.m(),
                                        level.u(),
                                        level.weight()));
            }
        }
    }

    /** The number of each record's person, in the order in which they come; last, how many. */
    private static int[] persons(int records, Clusters clusters) {
        int[] persons = new int[records + 1];
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int record = 0; record < records; record++) {
            persons[record] = numbers.computeIfAbsent(clusters.of(record), first -> numbers.size());
        }
        persons[records] = numbers.size();
        return persons;
    }

    private static void write(Path out, Table table, int[] persons) throws IOException {
        try (Writer writer = Files.newBufferedWriter(out, StandardCharsets.UTF_8);
                var csv = de.siegmar.fastcsv.writer.CsvWriter.builder().build(writer)) {
            csv.writeRecord("unique_id", "person");
            for (int record = 0; record < table.ids().size(); record++) {
                csv.writeRecord(table.ids().get(record), Integer.toString(persons[record]));
            }
        }
    }

    private void measure(
            Population people,
            Candidates candidates,
            ScoredPairs pairs,
            Scorer scorer,
            IntUnaryOperator truth) {
        Counter counted =
                candidates.visitForScoring(() -> new Counter(truth)).stream()
                        .reduce(new Counter(), Counter::add);
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int record = 0; record < people.size(); record++) {
            sizes.merge(truth.applyAsInt(record), 1, Integer::sum);
        }
        double real = sizes.values().stream().mapToDouble(size -> size * (size - 1.0) / 2).sum();
        tell(
                "Truth: %,d people, %,.0f pairs; candidates hold %.4f of them"
                        .formatted(sizes.size(), real, real == 0 ? 1 : counted.right / real));
        tell("  threshold  people     pairwise P  R       F1      B-cubed P  R       F1");
        for (double at : THRESHOLDS) {
            Clusters clusters = Clusters.of(people.size(), pairs, scorer, MatchModel.bits(at));
            Quality quality = Quality.of(people.size(), clusters::of, truth);
            tell(
                    "  %-9s  %,-9d  %.4f      %.4f  %.4f  %.4f     %.4f  %.4f"
                            .formatted(
                                    at,
                                    quality.groups(),
                                    quality.precision(),
                                    quality.recall(),
                                    quality.f1(),
                                    quality.bCubedPrecision(),
                                    quality.bCubedRecall(),
                                    quality.bCubedF1()));
        }
    }

    private void tell(String line) {
        print.println(line);
        print.flush();
    }

    /** Counts candidates, and those of one person where the truth is known. */
    private static final class Counter implements PairVisitor {

        private final @Nullable IntUnaryOperator truth;
        private long pairs;
        private long right;

        Counter() {
            this.truth = null;
        }

        Counter(IntUnaryOperator truth) {
            this.truth = truth;
        }

        @Override
        public void pair(int a, int b) {
            pairs++;
            if (truth != null && truth.applyAsInt(a) == truth.applyAsInt(b)) {
                right++;
            }
        }

        Counter add(Counter other) {
            pairs += other.pairs;
            right += other.right;
            return this;
        }
    }

    private static final class Stopwatch {

        private final long start = System.nanoTime();
        private long lap = start;

        double lap() {
            long now = System.nanoTime();
            double seconds = (now - lap) / 1e9;
            lap = now;
            return seconds;
        }

        double total() {
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
