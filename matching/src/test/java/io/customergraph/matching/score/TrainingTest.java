package io.customergraph.matching.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.customergraph.matching.block.BlockingRule;
import io.customergraph.matching.block.Candidates;
import io.customergraph.matching.compare.FieldKind;
import io.customergraph.matching.population.Population;
import io.customergraph.matching.population.PopulationBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/** What is learnt from people whose errors are known is what they were made with. */
class TrainingTest {

    private static final List<FieldKind> KINDS =
            List.of(FieldKind.LAST_NAME, FieldKind.BIRTH_DATE, FieldKind.POSTCODE);

    private static final int PEOPLE = 20_000;

    /** Every fourth person has a second record, whose postcode is another one of ten times. */
    private static Population population() {
        Random random = new Random(5);
        List<@Nullable String[]> records = new ArrayList<>();
        for (int person = 0; person < PEOPLE; person++) {
            String name =
                    "n" + Integer.toString(random.nextInt(1 << 20), 26).replaceAll("\\d", "q");
            String date =
                    "%04d-%02d-%02d"
                            .formatted(
                                    1930 + random.nextInt(70),
                                    1 + random.nextInt(12),
                                    1 + random.nextInt(28));
            records.add(new String[] {name, date, postcode(random)});
            if (person % 4 == 0) {
                String again = random.nextInt(10) == 0 ? postcode(random) : records.getLast()[2];
                records.add(new String[] {name, date, again});
            }
        }
        PopulationBuilder builder =
                new PopulationBuilder(
                        List.of("surname", "dob", "postcode"),
                        KINDS,
                        new FieldKind.Reading(null, LocalDate.parse("2026-11-21")));
        builder.add(records);
        return builder.build();
    }

    private static String postcode(Random random) {
        return Integer.toString(10_000 + random.nextInt(5_000));
    }

    private static Training.Outcome train(Population population) {
        return Training.train(
                population,
                new Candidates(population, BlockingRule.of(EnumSet.copyOf(KINDS))),
                1,
                "test");
    }

    @Test
    void rates_of_error_and_of_chance_are_found_without_labels() {
        Training.Outcome outcome = train(population());

        assertThat(outcome.hasConverged()).isTrue();
        assertThat(outcome.expectedMatches()).isCloseTo(PEOPLE / 4.0, within(PEOPLE / 4 * 0.02));
        MatchModel.LevelOdds samePostcode = outcome.model().fields().get(2).levels().getFirst();
        assertThat(samePostcode.m()).isCloseTo(0.90, within(0.02));
        assertThat(samePostcode.u()).isCloseTo(1.0 / 5_000, within(0.00002));
    }

    @Test
    void the_same_records_train_the_same_model() {
        assertThat(train(population()).model()).isEqualTo(train(population()).model());
    }

    @Test
    void explaining_a_pair_and_scoring_it_in_bulk_agree_but_for_rarity() {
        Population population = population();
        MatchModel model = train(population).model();
        Scorer scorer = Scorer.of(population, model);
        PairScorer pairs =
                new PairScorer(model, new FieldKind.Reading(null, LocalDate.parse("2026-11-21")));

        // Records 1 and 2 are two people's and share no value, so rarity counts nothing.
        double inBulk = scorer.bits(1, 2);

        assertThat(pairs.explain(person(pairs, population, 1), person(pairs, population, 2)).bits())
                .isCloseTo(inBulk, within(1e-6));
    }

    private static PairScorer.Person person(PairScorer pairs, Population population, int record) {
        java.util.Map<FieldKind, List<String>> texts = new java.util.EnumMap<>(FieldKind.class);
        population
                .columns()
                .forEach(
                        column ->
                                texts.put(
                                        column.kind(),
                                        List.of(column.distinct(column.value(record)).term())));
        return pairs.person(texts);
    }
}
