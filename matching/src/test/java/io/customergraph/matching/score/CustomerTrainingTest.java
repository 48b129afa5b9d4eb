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
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Customers that ingestion deduplicated: no two of them have one e-mail or one phone. */
class CustomerTrainingTest {

    private static final List<FieldKind> KINDS =
            List.of(FieldKind.EMAIL, FieldKind.PHONE, FieldKind.FIRST_NAME, FieldKind.LAST_NAME);

    private static final Set<FieldKind> IDENTITIES = Set.of(FieldKind.EMAIL, FieldKind.PHONE);

    private static final FieldKind.Reading READING =
            new FieldKind.Reading("SA", LocalDate.parse("2026-11-21"));

    private static final String[] SYLLABLES = {
        "ba", "den", "ri", "sol", "mek", "tu", "var", "lin", "go", "pash", "ne", "quor", "hal",
        "zim", "fe", "yat", "wol", "dri", "kas", "mo", "ber", "tal", "uri", "sven", "cho"
    };

    private static String syllables(Random random, int count) {
        StringBuilder name = new StringBuilder();
        for (int n = 0; n < count; n++) {
            name.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        return name.toString();
    }

    /** Every tenth customer is there twice, with the same names and another e-mail and phone. */
    private static Population population(int people, boolean hasDoubles) {
        Random random = new Random(7);
        List<@Nullable String[]> records = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            String first = syllables(random, 2);
            // One family in fifty is called Haddad.
            String last = person % 50 == 0 ? "haddad" : syllables(random, 3);
            records.add(record(random, first, last, person, "@a.example"));
            if (hasDoubles && person % 10 == 1) {
                records.add(record(random, first, last, person, "@b.example"));
            }
        }
        PopulationBuilder builder =
                new PopulationBuilder(
                        KINDS.stream().map(FieldKind::words).toList(), KINDS, READING);
        builder.add(records);
        return builder.build();
    }

    private static @Nullable String[] record(
            Random random, String first, String last, int person, String domain) {
        return new @Nullable String[] {
            first + "." + last + person + domain,
            "+96650" + (1_000_000 + random.nextInt(8_999_999)),
            first,
            last
        };
    }

    private static CustomerTraining.Result train(Population population) {
        return CustomerTraining.train(
                population,
                new Candidates(population, BlockingRule.of(EnumSet.copyOf(KINDS))),
                "trained-1");
    }

    private static MatchModel model(Population population) {
        return ((CustomerTraining.Learnt) train(population)).outcome().model();
    }

    @Test
    void a_model_is_learnt_from_few_doubles_and_keeps_what_cannot_be_learnt() {
        Population population = population(3_000, true);

        CustomerTraining.Learnt learnt = (CustomerTraining.Learnt) train(population);

        MatchModel model = learnt.outcome().model();
        MatchModel shipped = MatchModel.shipped(100_000);
        assertThat(learnt.outcome().expectedMatches()).isCloseTo(300, within(45.0));
        assertThat(model.fields().stream().map(MatchModel.Field::kind))
                .containsExactlyElementsOf(
                        shipped.fields().stream().map(MatchModel.Field::kind).toList());
        for (int field = 0; field < model.fields().size(); field++) {
            MatchModel.Field own = model.fields().get(field);
            if (IDENTITIES.contains(own.kind())) {
                assertThat(own.levels().getFirst())
                        .isEqualTo(shipped.fields().get(field).levels().getFirst());
            } else if (!KINDS.contains(own.kind())) {
                assertThat(own).isEqualTo(shipped.fields().get(field));
            }
        }
    }

    @Test
    void the_closer_two_values_the_more_it_says_for_every_field() {
        for (MatchModel.Field field : model(population(3_000, true)).of(KINDS).fields()) {
            List<Double> weights =
                    field.levels().stream().map(MatchModel.LevelOdds::weight).toList();
            for (int level = 1; level < weights.size(); level++) {
                assertThat(weights.get(level))
                        .as(field.name() + " " + field.levels().get(level).level())
                        .isLessThanOrEqualTo(weights.get(level - 1) + 1e-9);
            }
            assertThat(weights.getFirst()).isPositive();
            assertThat(weights.getLast()).isNegative();
        }
    }

    @Test
    void too_few_customers_or_doubles_teach_nothing() {
        assertThat(train(population(900, false)))
                .isInstanceOfSatisfying(
                        CustomerTraining.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(
                                                "Too few customers to learn from: 900, and it takes"
                                                        + " 1,000"));
        assertThat(train(population(3_000, false)))
                .isInstanceOfSatisfying(
                        CustomerTraining.Refused.class,
                        refused -> {
                            assertThat(refused.reason()).startsWith("Too few pairs of one person");
                            assertThat(refused.rounds()).isPositive();
                        });
    }

    private static Training.Outcome outcome(double change, double matches, double... ratios) {
        List<MatchModel.LevelOdds> levels = new ArrayList<>();
        for (int level = 0; level < ratios.length; level++) {
            double u = 0.01 * (level + 1);
            levels.add(new MatchModel.LevelOdds("L" + level, u * ratios[level], u));
        }
        return new Training.Outcome(
                new MatchModel(
                        "trained-1",
                        0.001,
                        List.of(new MatchModel.Field("city", FieldKind.CITY, levels))),
                12,
                change,
                matches,
                40);
    }

    @Test
    void what_is_absurd_is_refused_and_says_why() {
        assertThat(CustomerTraining.objection(outcome(0, 50, 20, 3, 0.1), 2_000)).isEmpty();
        assertThat(CustomerTraining.objection(outcome(0.1, 50, 20, 3, 0.1), 2_000))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("did not converge: after 12 rounds"));
        assertThat(CustomerTraining.objection(outcome(0, 501, 20, 3, 0.1), 2_000))
                .hasValueSatisfying(why -> assertThat(why).contains("501 pairs"));
        assertThat(CustomerTraining.objection(outcome(0, 50, 0.1, 3, 20), 2_000))
                .as("equality is worth less than to differ")
                .hasValueSatisfying(why -> assertThat(why).contains("of the city, L0"));
        assertThat(CustomerTraining.objection(outcome(0, 50, 2, 30, 0.1), 2_000))
                .as("equality is worth far less than to be alike")
                .hasValueSatisfying(why -> assertThat(why).contains("of the city, L0"));
        assertThat(CustomerTraining.objection(outcome(0, 50, 20, 3, 1.5), 2_000))
                .as("to differ speaks for one person")
                .hasValueSatisfying(why -> assertThat(why).contains("of the city, L2"));
    }

    @Test
    void levels_that_chance_put_out_of_order_are_worth_what_they_are_together() {
        MatchModel ordered =
                LevelOrder.of(outcome(0, 50, 20, 3, 4, 0.1).model(), Set.of(FieldKind.EMAIL));

        List<MatchModel.LevelOdds> levels = ordered.fields().getFirst().levels();
        assertThat(levels.get(1).weight()).isCloseTo(levels.get(2).weight(), within(1e-9));
        assertThat(levels.get(1).m() + levels.get(2).m())
                .isCloseTo(0.02 * 3 + 0.03 * 4, within(1e-9));
    }

    @Test
    void a_rare_family_name_says_more_than_a_common_one_as_in_bulk() {
        Population population = population(3_000, true);
        MatchModel model = model(population);
        PairScorer pairs = new PairScorer(model, READING);

        Explanation.Comparison common = lastName(pairs, "haddad");
        Explanation.Comparison rare = lastName(pairs, "quorbertal");

        assertThat(common.weight()).isEqualTo(rare.weight());
        assertThat(common.rarity()).isNegative();
        assertThat(common.share()).isCloseTo(0.02, within(0.003));
        assertThat(rare.rarity()).isGreaterThan(common.rarity() + 2).isLessThanOrEqualTo(8);
        assertThat(rare.counted()).isEqualTo(rare.weight() + rare.rarity());

        Scorer bulk = Scorer.of(population, model.of(KINDS));
        assertThat(explain(pairs, population, 0, 55).sum())
                .as("two of the Haddads")
                .isCloseTo(bulk.bits(0, 55), within(1e-4));
    }

    private static Explanation explain(PairScorer pairs, Population population, int a, int b) {
        return pairs.explain(person(pairs, population, a), person(pairs, population, b));
    }

    private static PairScorer.Person person(PairScorer pairs, Population population, int record) {
        Map<FieldKind, List<String>> texts = new java.util.EnumMap<>(FieldKind.class);
        population
                .columns()
                .forEach(
                        column ->
                                texts.put(
                                        column.kind(),
                                        List.of(column.distinct(column.value(record)).term())));
        return pairs.person(texts);
    }

    private static Explanation.Comparison lastName(PairScorer pairs, String name) {
        PairScorer.Person person = pairs.person(Map.of(FieldKind.LAST_NAME, List.of(name)));
        return pairs.explain(person, person).comparisons().stream()
                .filter(comparison -> comparison.field() == FieldKind.LAST_NAME)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_model_keeps_no_value_that_few_have_and_none_that_is_a_persons_own() {
        MatchModel model = model(population(3_000, true));

        for (MatchModel.Field field : model.fields()) {
            CommonTerms terms = field.terms();
            if (IDENTITIES.contains(field.kind())) {
                assertThat(terms).isNull();
            } else if (terms != null) {
                assertThat(terms.terms())
                        .hasSizeLessThanOrEqualTo(CommonTerms.MOST)
                        .allSatisfy(
                                term ->
                                        assertThat(term.share())
                                                .isGreaterThanOrEqualTo(
                                                        (CommonTerms.LEAST_PEOPLE - 1) / 3_300.0));
            }
        }
        assertThat(model.fields().get(3).terms()).isNotNull();
    }

    @Test
    void the_shipped_model_knows_no_rarity() {
        PairScorer pairs = new PairScorer(MatchModel.shipped(100_000), READING);

        assertThat(lastName(pairs, "haddad").rarity()).isZero();
        assertThat(lastName(pairs, "haddad").share()).isNull();
    }

    @Test
    void a_calibration_moves_the_odds_and_not_the_sum() {
        MatchModel shipped = MatchModel.shipped(100_000);
        Map<FieldKind, List<String>> sara = Map.of(FieldKind.PHONE, List.of("0501234567"));
        PairScorer plain = new PairScorer(shipped, READING);
        PairScorer corrected =
                new PairScorer(
                        shipped.calibrated(new Calibration(0.5, -1, 60, 60, 0.2, 0.1)), READING);

        Explanation before = plain.explain(plain.person(sara), plain.person(sara));
        Explanation after = corrected.explain(corrected.person(sara), corrected.person(sara));

        assertThat(after.sum()).isEqualTo(before.sum());
        assertThat(after.bits()).isEqualTo(before.sum() * 0.5 - 1);
        assertThat(after.probability()).isEqualTo(MatchModel.probability(after.bits()));
    }

    @Test
    void how_two_agreed_is_enough_to_score_them_by_another_model() {
        PairScorer pairs = new PairScorer(MatchModel.shipped(100_000), READING);
        Explanation explanation =
                pairs.explain(
                        pairs.person(
                                Map.of(
                                        FieldKind.LAST_NAME, List.of("Haddad"),
                                        FieldKind.FIRST_NAME, List.of("Sara"))),
                        pairs.person(
                                Map.of(
                                        FieldKind.LAST_NAME, List.of("Haddad"),
                                        FieldKind.FIRST_NAME, List.of("Omar"))));

        assertThat(explanation.agreement())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("LAST_NAME", "EXACT", "FIRST_NAME", "DIFFERENT"));
        Agreements agreements = new Agreements(MatchModel.shipped(100_000));
        assertThat(agreements.bits(explanation.agreement()).orElseThrow())
                .isCloseTo(explanation.sum(), within(1e-9));
        assertThat(agreements.bits(Map.of("LAST_NAME", "OF_LONG_AGO"))).isEmpty();
        assertThat(agreements.bits(Map.of("SHOE_SIZE", "EXACT"))).isEmpty();
    }

    @Test
    void customers_who_all_share_one_switchboard_are_learnt_from_or_refused() {
        Random random = new Random(7);
        List<@Nullable String[]> records = new ArrayList<>();
        for (int person = 0; person < 1_500; person++) {
            records.add(
                    new @Nullable String[] {
                        "p" + person + "@a.example",
                        "+966112345678",
                        syllables(random, 2),
                        syllables(random, 3)
                    });
        }
        PopulationBuilder builder =
                new PopulationBuilder(
                        KINDS.stream().map(FieldKind::words).toList(), KINDS, READING);
        builder.add(records);

        assertThat(train(builder.build())).isInstanceOf(CustomerTraining.Result.class);
    }
}
